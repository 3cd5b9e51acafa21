import LLMTranslation
import Testing

@testable import LLMGateway

@Suite struct SpelledNamesTests {
    private func check(_ body: String, _ format: WireFormat) throws {
        let client = SurfaceRequest(.converse(format))
        _ = try ClientRequest(client, body: bytes(body), requestID: "r", created: 1)
    }

    @Test(arguments: ["Model", "MODEL", "Options", "Stream", "Max_Tokens", "meſſages", "N", "toolſ"])
    func `a name in other letters is refused, with the name that is meant`(name: String) throws {
        let meant = name.uppercased().lowercased()
        for format in WireFormat.allCases {
            let fault = #expect(throws: MalformedRequest.self) {
                try check(#"{"model":"m","\#(name)":1}"#, format)
            }
            #expect(fault?.field == meant)
        }
    }

    @Test(arguments: [#"\u004dodel"#, #"M\u006fdel"#, #"mod\u0045l"#, #"\u004d\u004F\u0044\u0045\u004c"#])
    func `an escape hides no letter`(name: String) {
        #expect(throws: MalformedRequest.self) { try check(#"{"model":"m","\#(name)":1}"#, .openAIChat) }
    }

    @Test(arguments: [
        #""options":{"Num_predict":9}"#, #""options":{"NUM_PREDICT":9}"#, #""options":{"Nu\u006d_predict":9}"#,
        #""messages":[{"role":"user","content":"a","Images":["QUJD"]}]"#,
        #""messages":[{"role":"user","content":"a","\u0049mages":["QUJD"]}]"#,
        #""messages":[{"role":"user"},{"Content":"a"}]"#,
    ])
    func `so is one within the options and messages of Ollama's`(members: String) {
        #expect(throws: MalformedRequest.self) { try check(#"{"model":"m",\#(members)}"#, .ollamaChat) }
    }

    @Test(arguments: [
        #""generationConfig":{},"safetySettings":[],"cachedContent":"x""#, #""X":1,"Temperature":2,"user":"Model""#,
        #""messages":[{"role":"user","content":"Images"}],"options":{"num_predict":1,"Other":2}"#,
        #""messages":[{"role":"user","content":"Say Options"}],"metadata":{"Model":"x","Images":[]}"#,
        #""tools":[{"type":"function","function":{"name":"f","parameters":{"properties":{"Images":{"type":"string"}}}}}]"#,
    ])
    func `names of others are their own affair`(members: String) throws {
        for format in WireFormat.allCases { try check(#"{"model":"m",\#(members)}"#, format) }
    }
}
