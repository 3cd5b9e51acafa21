extension Conversation {
    /// Whether and what a model of `vendor` must call: a tool that this vendor does not get cannot be forced.
    func choice(at vendor: Vendor, losses: inout [Loss]) -> ToolChoice? {
        guard case .function(let name)? = toolChoice else { return toolChoice }
        var isDropped = false
        for tool in tools {
            switch tool {
            case .function(let function) where function.name == name: return toolChoice
            // The name may be that of a tool which the vendor runs itself.
            case .native(vendor, _): return toolChoice
            case .native: isDropped = true
            case .function: continue
            }
        }
        // Where nothing was dropped the name is the caller's mistake, which the provider tells.
        guard isDropped else { return toolChoice }
        losses.append(Loss("tool_choice", "it forces a tool that this provider does not get"))
        return nil
    }
}
