import ConsoleBasics
import Testing

struct QueryParametersTests {
    @Test func `values are decoded as forms send them`() throws {
        let parameters = try QueryParameters("a=1+2%2B3&b=%C3%BC&c=&d", allowed: ["a", "b", "c", "d"])
        #expect(parameters["a"] == "1 2+3")
        #expect(parameters["b"] == "ü")
        #expect(parameters["c"] == nil)
        #expect(parameters["d"] == nil)
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%FF", "%FF=1"])
    func `a value that is not percent-encoded UTF-8 is refused`(query: String) {
        #expect(throws: ConsoleProblem.self) { try QueryParameters(query, allowed: ["a"]) }
    }

    @Test func `an unknown name is refused, and the known ones are named`() throws {
        let problem = try #require(throws: ConsoleProblem.self) {
            try QueryParameters("rout=x", allowed: ["route", "kind"])
        }
        #expect(problem.parameter == "rout")
        #expect(problem.detail.contains("route, kind"))
    }

    @Test func `a name given twice is refused`() {
        #expect(throws: ConsoleProblem.self) { try QueryParameters("a=1&a=1", allowed: ["a"]) }
    }

    @Test(arguments: ["0", "101", "x", "1.5", "-1", "99999999999999999999"])
    func `a number outside its range is refused with the range`(text: String) throws {
        let parameters = try QueryParameters("limit=\(text)", allowed: ["limit"])
        let problem = try #require(throws: ConsoleProblem.self) {
            try parameters.number("limit", in: 1...100, default: 9)
        }
        #expect(problem.detail.contains("1 to 100"))
    }
}
