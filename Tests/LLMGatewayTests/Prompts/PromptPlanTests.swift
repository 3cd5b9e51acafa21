import Catalog
import DataPlane
import HTTPSemantics
import Testing

@testable import LLMGateway

@Suite struct PromptPlanTests {
    @Test func `a prompt stands on its own route and on that of its description`() throws {
        let service = try PromptShop.service(PromptShop.policy()) { route in
            route.policies.keyAuth = KeyAuthPolicy()
            route.bodyLimit = 77
        }
        let plans = try PromptPlan.plans(of: service)
        #expect(Set(plans.keys) == ["ask", "ask.openapi"])
        let routes = try #require(plans["ask"]?.routes)
        #expect(routes.map(\.path.source) == ["/ask", "/ask/openapi.json"])
        #expect(routes.map(\.methods) == [["POST"], ["GET", "HEAD"]])
        #expect(routes.allSatisfy { $0.policies.keyAuth != nil })
        #expect(routes[0].bodyLimit == 77)
    }

    @Test func `its body is limited as the service's are, unless it has a limit of its own`() throws {
        var service = try PromptShop.service(PromptShop.policy())
        service.llm?.bodyLimit = 1234
        #expect(try PromptPlan.plans(of: service)["ask"]?.routes.first?.bodyLimit == 1234)
    }

    @Test(arguments: ["/", "/ask/{rest...}", "/ask/"])
    func `a path that has no room for a description does without`(path: String) throws {
        let plan = try #require(try PromptPlan.plans(of: PromptShop.service(PromptShop.policy(), path: path))["ask"])
        #expect(plan.routes.map(\.name.text) == ["ask"])
    }

    @Test func `routes without a prompt are none`() throws {
        var service = try PromptShop.service(PromptShop.policy())
        service.routes[0].policies.prompt = nil
        #expect(try PromptPlan.plans(of: service).isEmpty)
    }

    @Test(arguments: ["{", #"{"type":"objekt"}"#])
    func `a schema that cannot be checked with is a fault that names the route`(schema: String) throws {
        let service = try PromptShop.service(PromptShop.policy(schema: schema))
        let fault = #expect(throws: CompileFault.self) { try PromptPlan.plans(of: service) }
        #expect("\(String(describing: fault))".contains("ask"))
    }
}
