/// Sees to it that the files a configuration names can be read.
struct FileCheck {
    /// Where they are.
    let files: NamedFiles

    /// Adds a finding for each file named in `root` that cannot be read.
    func check(_ root: Piece, into findings: inout Findings) {
        for certificate in root["gateway"]?["tls"]?["certificates"]?.items ?? [] {
            for key in ["cert", "key"] { check(certificate[key], into: &findings) }
        }
        for section in ["upstreams", "providers"] {
            for member in root[section]?.members ?? [] { check(member.value["tls"]?["ca"], into: &findings) }
        }
        check(root["prices"], into: &findings)
        checkFolder(ofLog: root["gateway"]?["access-log"]?["to"], into: &findings)
    }

    /// A log is made where it does not exist, but its folder is not.
    private func checkFolder(ofLog piece: Piece?, into findings: inout Findings) {
        guard let piece, let name = piece.text, name != "off", name != "stderr" else { return }
        guard let slash = name.lastIndex(of: "/"), !files.exists(String(name[...slash]) + ".") else { return }
        findings.error(
            "there is no folder for the file '\(name.shortened)'",
            hint: "make the folder, or name another file",
            at: piece.position
        )
    }

    private func check(_ piece: Piece?, into findings: inout Findings) {
        guard let piece, let name = piece.text else { return }
        let path = files.path(of: name)
        guard files.exists(path) else {
            findings.error(
                "there is no file '\(name.shortened)'",
                hint: "it is looked for beside the configuration, then in the working directory",
                at: piece.position
            )
            return
        }
        if files.exists(path + "/.") {
            findings.error("'\(name.shortened)' is a directory", hint: "name a file within it", at: piece.position)
        } else if !files.isReadable(path) {
            findings.error(
                "the file '\(name.shortened)' cannot be read",
                hint: "check its owner and mode",
                at: piece.position
            )
        }
    }
}
