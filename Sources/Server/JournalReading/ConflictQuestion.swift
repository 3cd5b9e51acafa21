import ConsoleBasics
package import StoragePorts

/// Which conflicts the command line asks for; it understands what the console's API understands.
package struct ConflictQuestion: Sendable {
    /// Which entries are wanted.
    package let filter: ConflictFilter

    /// Reads the values of `--since`, `--route` and `--kind` at the moment `now` (milliseconds since 1970).
    /// - Throws: ``StartFault`` for wrong usage, with what is allowed.
    package init(since: String?, route: String?, kind: String?, now: Int64) throws(StartFault) {
        if let route, !Self.isRoute(route) {
            throw Self.fault("route", route, "Allowed is SERVICE/ROUTE or a route's name, such as shop/items.")
        }
        let given = [("since", since), ("route", route), ("kind", kind)]
        for case (let name, let value?) in given where value.isEmpty {
            throw Self.fault(name, value, "Leave the option out instead.")
        }
        let query = given.compactMap { name, value in value.map { "\(name)=\(Self.escaped($0))" } }
        do throws(ConsoleProblem) {
            let parameters = try QueryParameters(query.joined(separator: "&"), allowed: given.map(\.0))
            filter = try ConflictSearch(parameters, now: now).filter
        } catch {
            let name = error.parameter ?? ""
            let value = given.first { $0.0 == name }?.1 ?? ""
            throw Self.fault(name, value, Self.remedy(in: error.detail))
        }
    }

    private static func fault(_ option: String, _ value: String, _ remedy: String) -> StartFault {
        StartFault("--\(option) cannot be «\(value)». \(remedy)", exitCode: 2)
    }

    /// What follows the sentence that names the parameter, which the command line says in its own way.
    private static func remedy(in detail: String) -> String {
        guard let end = detail.firstRange(of: "cannot be used. ") else { return detail }
        return String(detail[end.upperBound...])
    }

    /// Names are checked for form only: a route that is gone from the configuration still has its entries.
    private static func isRoute(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count <= 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
            }
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
        }.joined()
    }
}
