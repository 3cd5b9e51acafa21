import Catalog
import HTTPSemantics
import Testing

@testable import LLMGateway

/// Prompts, compiled.
enum PromptShop {
    /// A policy that asks the model `fast`.
    static func policy(
        _ template: [(PromptMessage.Role, String)] = [(.user, "Say {{word}}")],
        variables: [PromptVariable] = [PromptVariable(name: "word")],
        schema: String? = nil
    ) throws -> PromptPolicy {
        var policy = PromptPolicy(
            model: try ModelShop.name("fast"),
            template: try template.map { try PromptMessage(role: $0.0, parsing: $0.1) }
        )
        policy.variables = variables
        if let schema { policy.output = .schema(schema) }
        return policy
    }

    /// A variable.
    static func variable(
        _ name: String,
        _ kind: PromptVariable.Kind = .string,
        isRequired: Bool = true,
        standard: String? = nil,
        maxLength: Int? = nil
    ) -> PromptVariable {
        var variable = PromptVariable(name: name)
        variable.kind = kind
        variable.isRequired = isRequired
        variable.standard = standard
        variable.maxLength = maxLength
        return variable
    }

    /// A service with a prompt on a path.
    static func service(
        _ policy: PromptPolicy,
        path: String = "/ask",
        methods: [String]? = nil,
        _ change: (inout Route) -> Void = { _ in }
    ) throws -> Service {
        var route = Route(
            name: try #require(RouteName("ask")),
            path: try PathPattern(parsing: path),
            methods: methods
        )
        route.policies.prompt = policy
        change(&route)
        let name = try #require(ServiceName("ai"))
        return Service(name: name, llm: ModelServiceOptions(), routes: [route], policies: PolicySet())
    }

    /// The plan of a prompt.
    static func plan(_ policy: PromptPolicy) throws -> PromptPlan {
        try #require(try PromptPlan.plans(of: service(policy))["ask"])
    }

    /// A call of a prompt.
    static func task(_ policy: PromptPolicy, _ body: String, cap: Int? = nil) throws -> PromptTask {
        try PromptTask(plan(policy), bytes(body), cap: cap.map { OutputCap(limit: $0) })
    }
}
