/// The order in which dialects are asked: the most particular first.
enum DialectOrder {
    /// All dialects.
    static let all: [Dialect] =
        [
            .registered, .resumableUpload, .kubernetes, .couchDB, .elasticsearch, .s3, .aws, .stripe, .google,
            .terraform,
            .dropbox, .scim, .vmware, .openStack, .bitbucket, .webDAV, .salesforce, .payments, .services, .azure,
        ] + Dialect.databases + Dialect.frameworks + [
            .oData, .gitHub, .gitLab, .docker, .kafka, .hashiCorp, .registry, .proxmox, .serviceMessages,
        ]
}
