import Catalog
import RateLimiting
import Testing

struct RateLimitRuleTests {
    private func rule(_ quota: Int, per window: Duration, burst: Int? = nil) -> RateLimitRule {
        RateLimitRule(RateLimitPolicy(quota: quota, window: window, burst: burst))
    }

    @Test func `burst is the quota unless said otherwise`() {
        #expect(rule(7, per: .seconds(1)).burst == 7)
        #expect(rule(7, per: .seconds(1), burst: 2).burst == 2)
    }

    @Test func `absurd numbers are drawn to what can be counted`() {
        let least = rule(-5, per: .seconds(-1), burst: 0)
        #expect((least.quota, least.window, least.burst) == (1, 1, 1))
        let most = rule(.max, per: .seconds(Int64.max), burst: .max)
        #expect((most.quota, most.window, most.burst) == (1 << 62, 1 << 62, 1 << 62))
        #expect(rule(1, per: .nanoseconds(0)).window == 1)
    }

    @Test(arguments: [
        (100, Duration.seconds(1), "\"default\";q=100;w=1"), (100, .milliseconds(250), "\"default\";q=400;w=1"),
        (3, .milliseconds(1500), "\"default\";q=4;w=2"), (5, .seconds(60), "\"default\";q=5;w=60"),
    ])
    func `the policy field has whole seconds`(quota: Int, window: Duration, field: String) {
        #expect(rule(quota, per: window).policyField == field)
    }

    @Test func `the policy field of absurd rules does not trap`() {
        #expect(rule(.max, per: .seconds(Int64.max)).policyField.hasPrefix("\"default\";q="))
        #expect(rule(.max, per: .nanoseconds(1)).policyField == "\"default\";q=4611686018427387904;w=1")
    }

    @Test func `fields tell what remains and when there is more`() {
        let passed = RateLimitDecision(
            isAdmitted: true,
            remaining: 3,
            nanosecondsUntilNext: 0,
            nanosecondsUntilMore: 1_200_000_000
        )
        #expect(passed.field == "\"default\";r=3;t=2")
        let refused = RateLimitDecision(
            isAdmitted: false,
            remaining: 0,
            nanosecondsUntilNext: 5,
            nanosecondsUntilMore: 5
        )
        #expect(refused.field == "\"default\";r=0;t=1")
        #expect(refused.retryAfterSeconds == 1)
    }
}
