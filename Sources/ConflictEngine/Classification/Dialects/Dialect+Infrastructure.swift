extension Dialect {
    /// The Docker engine and Podman.
    static let docker = Dialect(
        name: "docker",
        phrases: [
            PhraseRule("container name + is already in use by", .uniqueness),
            PhraseRule("is in use by a + container|volume is in use|volume in use", .referential),
            PhraseRule("has active endpoints", .referential),
            PhraseRule(
                """
                unable to remove repository reference|image has dependent child|image is being used by
                """,
                .referential,
            ),
            PhraseRule("image is referenced in multiple repositories", .referential),
            PhraseRule("container + is using its referenced image", .referential),
            PhraseRule(
                """
                cannot remove a running container|cannot remove container + running|stop the container before
                """,
                .state,
            ),
            PhraseRule(
                """
                container + is not running|is not paused|is already paused|is paused|is restarting, wait|\
                marked for removal
                """,
                .state,
            ),
            PhraseRule("removal of container + already in progress", .state),
            PhraseRule("already part of a swarm", .state),
            PhraseRule("update out of sequence", .staleVersionImplicit),
            PhraseRule("port is already allocated", .uniqueness),
        ],
    )

    /// Kafka Connect and Confluent's schema registry.
    static let kafka = Dialect(
        name: "kafka",
        phrases: [
            PhraseRule("connector + already exists", .alreadyExists),
            PhraseRule("rebalance|stale configuration|conflicting operation", .contended),
            PhraseRule(
                """
                schema being registered is incompatible|schema is incompatible|\
                incompatible with an earlier schema
                """,
                .state,
            ),
        ],
    )

    /// OpenStack: Nova, Neutron, Cinder, Keystone, Glance.
    static let openStack = Dialect(name: "openstack") { reading in
        let neutron = reading.value("neutronerror.type") ?? ""
        if neutron.hasSuffix("InUse") {
            let isValue = neutron.hasPrefix("IpAddress") || neutron.hasPrefix("MacAddress")
            return .conflict(isValue ? .uniqueness : .referential)
        }
        if neutron == "OverQuota" { return .conflict(.state) }
        if neutron == "RevisionNumberConstraintFailed" { return .conflict(.staleVersion) }
        return openStackPhrases.first { $0.matches(reading.words) }.map { .conflict($0.kind) }
    }

    private static let openStackPhrases = [
        PhraseRule("while it is in vm_state|while it is in task_state|while it is in", .state),
        PhraseRule("status must be + current status is|but current status", .state),
        PhraseRule("conflict occurred attempting to store + duplicate", .uniqueness),
        PhraseRule("one or more ports still in use|still in use on the network", .referential),
    ]

    /// Terraform and OpenTofu: the state's lock is the body.
    static let terraform = Dialect(name: "terraform") { reading in
        let names = Set(reading.members.map(\.name))
        guard names.isSuperset(of: ["ID", "Operation", "Who"]), reading.statusIsConflict else { return nil }
        return .conflict(.locked)
    }

    /// Vault, Consul and etcd.
    static let hashiCorp = Dialect(
        name: "vault",
        phrases: [
            PhraseRule("check-and-set parameter did not match", .staleVersionImplicit),
            PhraseRule("check-and-set parameter required", .preconditionMissing),
            PhraseRule("path is already in use at|existing mount at", .alreadyExists),
            PhraseRule("failed to acquire lock|lock is already held", .locked),
        ],
    )

    /// VMware's products: NSX and vSphere.
    static let vmware = Dialect(name: "vmware") { reading in
        guard reading.value("type")?.hasPrefix("com.vmware.") == true else { return nil }
        return vmwareCodes.judge(reading)
    }

    private static let vmwareCodes = CodeTable([
        (.alreadyExists, "already_exists"),
        (.referential, "resource_in_use"),
        (.contended, "resource_busy concurrent_change"),
        (.state, "already_in_desired_state not_allowed_in_current_state"),
    ])

    /// Container registries: Harbor, ECR and the distribution API.
    static let registry = Dialect(
        name: "registry",
        phrases: [
            PhraseRule("already exists + overwritten", .alreadyExists),
            PhraseRule("repushing|publish over existing|cannot publish over", .alreadyExists),
            PhraseRule("tag + immutable", .state), PhraseRule("configured as immutable", .state),
        ],
    )

    /// Proxmox, whose failures are all 500.
    static let proxmox = Dialect(name: "proxmox") { reading in
        guard reading.members.contains(where: { $0.path == ["data"] }) else { return nil }
        return proxmoxPhrases.first { $0.matches(reading.words) }.map { .conflict($0.kind) }
    }

    private static let proxmoxPhrases = [
        PhraseRule("vm is locked|ct is locked", .locked),
        PhraseRule("lock file + timeout", .contended),
        PhraseRule("detected modified configuration", .staleVersionImplicit),
        PhraseRule("vm|ct + already running|not running", .state),
    ]
}
