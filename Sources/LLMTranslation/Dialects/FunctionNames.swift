/// The rule of most vendors for the names of functions, which Gemini's and Ollama's clients need not keep.
enum FunctionNames {
    /// Refuses functions with a name that the vendor would refuse; `longest` is told where the vendor itself is asked.
    static func check(_ tools: [Tool], longest: Int? = nil) throws(MalformedRequest) {
        for case .function(let function) in tools {
            let name = function.name
            guard name.utf8.allSatisfy(isPlain), name.utf8.count <= longest ?? .max else {
                let most = longest.map { ", \($0) of them at most" } ?? ""
                throw MalformedRequest(
                    "tools.function.name",
                    "This model's provider takes no function called «\(name)»; "
                        + "use letters, digits, _ and - only\(most), or ask another model."
                )
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
        default: false
        }
    }
}
