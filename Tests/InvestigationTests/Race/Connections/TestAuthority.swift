import NIOSSL

/// A certificate for `localhost` that signs itself, so that nobody trusts it unless told to; it lasts until 2120.
enum TestAuthority {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBYjCCAQmgAwIBAgIBATAKBggqhkjOPQQDAjAVMRMwEQYDVQQDDApyYWNlIHRl
        c3RzMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAVMRMwEQYDVQQD
        DApyYWNlIHRlc3RzMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2d7OlLSBVcSQ
        jTC2LXBn2Nv59hgRzM3qJwKlk7wJWEjQq/hPpgKDhg982+5D3H6aHk3cphQRz1Sx
        E4JdPe1296NIMEYwFAYDVR0RBA0wC4IJbG9jYWxob3N0MA8GA1UdEwEB/wQFMAMB
        Af8wHQYDVR0OBBYEFKdzhnyBe5afNyPWIuEYUPDBFKC1MAoGCCqGSM49BAMCA0cA
        MEQCIC0t7QVEnyKOFxkc9pMRk/QVvbwCOVA+Qz0MplFBs0YHAiBMOCNrYdsAUlgn
        boc+6lt6hVKdbEP/8OoRJgy4Xa8L9g==
        -----END CERTIFICATE-----

        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3r7ygn1P6hun798N
        Dy38P8/b7XYo3c8X0sHTQnchPfShRANCAATZ3s6UtIFVxJCNMLYtcGfY2/n2GBHM
        zeonAqWTvAlYSNCr+E+mAoOGD3zb7kPcfpoeTdymFBHPVLETgl097Xb3
        -----END PRIVATE KEY-----
        """

    /// TLS as a server with this certificate speaks it.
    static func server() throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map {
            NIOSSLCertificateSource.certificate($0)
        }
        let key = try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
        )
    }
}
