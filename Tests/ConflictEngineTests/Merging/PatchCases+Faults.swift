import ConflictEngine

extension PatchCases {
    /// Patches that do not fit, with what is wrong.
    static let unfitting: [UnfittingPatch] = missing + indices + failedTests

    private static let missing: [UnfittingPatch] = [
        .init(#"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz/bat","value":"qux"}]"#, .placeMissing),
        .init(#"{"foo":"bar"}"#, #"[{"op":"add","path":"/foo/bat","value":"qux"}]"#, .placeIsNoContainer),
        .init(#"{"foo":null}"#, #"[{"op":"add","path":"/foo/bat","value":1}]"#, .placeIsNoContainer),
        .init("1", #"[{"op":"add","path":"/a","value":1}]"#, .placeIsNoContainer),
        .init(#"{"a":{"b":1}}"#, #"[{"op":"add","path":"/a/b/c/d","value":1}]"#, .placeIsNoContainer),
        .init("{}", #"[{"op":"remove","path":"/a"}]"#, .placeMissing),
        .init(#"{"a":1}"#, #"[{"op":"remove","path":"/a/b"}]"#, .placeIsNoContainer),
        .init(#"{"a":1}"#, #"[{"op":"remove","path":"/A"}]"#, .placeMissing),
        .init("{}", #"[{"op":"replace","path":"/a","value":1}]"#, .placeMissing),
        .init(#"{"a":1}"#, #"[{"op":"replace","path":"/","value":1}]"#, .placeMissing),
        .init("{}", #"[{"op":"move","from":"/a","path":"/b"}]"#, .placeMissing),
        .init("{}", #"[{"op":"move","from":"/a","path":"/a"}]"#, .placeMissing),
        .init(#"{"a":1}"#, #"[{"op":"move","from":"/a","path":"/b/c"}]"#, .placeMissing),
        .init("{}", #"[{"op":"copy","from":"/a","path":"/b"}]"#, .placeMissing),
        .init(#"{"a":1}"#, #"[{"op":"copy","from":"/a/b","path":"/b"}]"#, .placeIsNoContainer),
        .init(#"{"a":1}"#, #"[{"op":"remove","path":"/a"},{"op":"remove","path":"/a"}]"#, .placeMissing, 1),
        .init(#"{"é":1}"#, #"[{"op":"remove","path":"/e\u0301"}]"#, .placeMissing),
        .init(
            #"{"a":1}"#,
            #"[{"op":"add","path":"","value":1},{"op":"add","path":"/b","value":1}]"#,
            .placeIsNoContainer,
            1
        ),
    ]

    private static let indices: [UnfittingPatch] = [
        .init("[1,2]", #"[{"op":"add","path":"/3","value":1}]"#, .indexBeyondEnd),
        .init("[]", #"[{"op":"add","path":"/1","value":1}]"#, .indexBeyondEnd),
        .init("[1,2]", #"[{"op":"add","path":"/-1","value":1}]"#, .indexMalformed),
        .init("[1,2]", #"[{"op":"add","path":"/01","value":1}]"#, .indexMalformed),
        .init("[1,2]", #"[{"op":"add","path":"/1e0","value":1}]"#, .indexMalformed),
        .init("[1,2]", #"[{"op":"add","path":"/+1","value":1}]"#, .indexMalformed),
        .init("[1,2]", #"[{"op":"add","path":"/bar","value":1}]"#, .indexMalformed),
        .init("[1,2]", #"[{"op":"add","path":"/","value":1}]"#, .indexMalformed),
        .init("[1,2]", #"[{"op":"add","path":"/ 1","value":1}]"#, .indexMalformed),
        .init("[1,2]", #"[{"op":"add","path":"/1.0","value":1}]"#, .indexMalformed),
        .init("[1,2]", #"[{"op":"add","path":"/\u0661","value":1}]"#, .indexMalformed),
        .init("[1,2]", #"[{"op":"add","path":"/99999999999999999999999","value":1}]"#, .indexBeyondEnd),
        .init("[1,2]", #"[{"op":"remove","path":"/2"}]"#, .indexBeyondEnd),
        .init("[1,2]", #"[{"op":"remove","path":"/-"}]"#, .indexMalformed),
        .init("[1,2]", #"[{"op":"remove","path":"/1e0"}]"#, .indexMalformed),
        .init("[]", #"[{"op":"remove","path":"/0"}]"#, .indexBeyondEnd),
        .init("[1,2]", #"[{"op":"replace","path":"/2","value":1}]"#, .indexBeyondEnd),
        .init("[1,2]", #"[{"op":"replace","path":"/-","value":1}]"#, .indexMalformed),
        .init("[1,2]", #"[{"op":"replace","path":"/00","value":1}]"#, .indexMalformed),
        .init("[1,2]", #"[{"op":"move","from":"/2","path":"/0"}]"#, .indexBeyondEnd),
        .init("[1,2]", #"[{"op":"move","from":"/0","path":"/2"}]"#, .indexBeyondEnd),
        .init("[1,2]", #"[{"op":"copy","from":"/1e0","path":"/0"}]"#, .indexMalformed),
        .init("[1,2]", #"[{"op":"copy","from":"/-","path":"/0"}]"#, .indexMalformed),
        .init("[[]]", #"[{"op":"add","path":"/1/0","value":1}]"#, .indexBeyondEnd),
        .init("[[]]", #"[{"op":"add","path":"/-/0","value":1}]"#, .indexMalformed),
    ]

    private static let failedTests: [UnfittingPatch] = [
        ("{\"baz\":\"qux\"}", "/baz", "\"bar\"", .valueDiffers), (#"{"a":"1"}"#, "/a", "1", .valueDiffers),
        (#"{"/":9,"~1":10}"#, "/~01", #""10""#, .valueDiffers),
        (#"{"a":null}"#, "/a", "0", .valueDiffers), (#"{"a":false}"#, "/a", "null", .valueDiffers),
        ("[1,2]", "", "[2,1]", .valueDiffers),
        ("[1]", "", "[1,1]", .valueDiffers), (#"{"a":1}"#, "", #"{"a":1,"b":2}"#, .valueDiffers),
        (#"{"a":"é"}"#, "/a", #""e\u0301""#, .valueDiffers),
        ("9007199254740993", "", "9007199254740992", .valueDiffers), ("[]", "", "{}", .valueDiffers),
        (#"{"a":""}"#, "/a", "null", .valueDiffers),
        ("{}", "/a", "null", .valueMissing), ("[1]", "/1", "null", .valueMissing), ("[1]", "/00", "1", .valueMissing),
        ("[1]", "/1e0", "1", .valueMissing),
        ("[1]", "/-", "1", .valueMissing), ("1", "/a", "1", .valueMissing),
        (#"{"a":{}}"#, "/a/b", "null", .valueMissing),
    ].map { (document: String, path: String, value: String, reason: JSONPatchFault.Reason) in
        .init(document, #"[{"op":"test","path":"\#(path)","value":\#(value)}]"#, reason)
    }

    /// Texts that are no patches, with what is wrong.
    static let malformed: [MalformedPatch] = [
        .init("{}", .isNoArray, nil), .init("null", .isNoArray, nil),
        .init(#"{"op":"remove","path":"/a"}"#, .isNoArray, nil), .init(#""[]""#, .isNoArray, nil),
        .init("[1]", .operationIsNoObject), .init("[null]", .operationIsNoObject), .init("[[]]", .operationIsNoObject),
        .init("[{}]", .memberMissing("op")), .init(#"[{"path":"/a"}]"#, .memberMissing("op")),
        .init(#"[{"op":1,"path":"/a"}]"#, .memberIsNoString("op")),
        .init(#"[{"op":"spam","path":"/a"}]"#, .operationUnknown),
        .init(#"[{"op":"ADD","path":"/a","value":1}]"#, .operationUnknown),
        .init(#"[{"op":"add ","path":"/a","value":1}]"#, .operationUnknown),
        .init(#"[{"op":"","path":"/a"}]"#, .operationUnknown),
        .init(#"[{"op":"add","value":1}]"#, .memberMissing("path")),
        .init(#"[{"op":"remove"}]"#, .memberMissing("path")),
        .init(#"[{"op":"test","value":1}]"#, .memberMissing("path")),
        .init(#"[{"op":"add","path":null,"value":1}]"#, .memberIsNoString("path")),
        .init(#"[{"op":"add","path":["a"],"value":1}]"#, .memberIsNoString("path")),
        .init(#"[{"op":"add","path":"a","value":1}]"#, .noPointer("path")),
        .init(#"[{"op":"add","path":"a/b","value":1}]"#, .noPointer("path")),
        .init(#"[{"op":"add","path":"/a~","value":1}]"#, .noPointer("path")),
        .init(#"[{"op":"add","path":"/a~2","value":1}]"#, .noPointer("path")),
        .init(##"[{"op":"add","path":"#/a","value":1}]"##, .noPointer("path")),
        .init(#"[{"op":"add","path":"/a"}]"#, .memberMissing("value")),
        .init(#"[{"op":"replace","path":"/a"}]"#, .memberMissing("value")),
        .init(#"[{"op":"test","path":"/a"}]"#, .memberMissing("value")),
        .init(#"[{"op":"copy","path":"/a"}]"#, .memberMissing("from")),
        .init(#"[{"op":"move","path":"/a"}]"#, .memberMissing("from")),
        .init(#"[{"op":"copy","path":"/a","from":1}]"#, .memberIsNoString("from")),
        .init(#"[{"op":"move","path":"/a","from":"b"}]"#, .noPointer("from")),
        .init(#"[{"op":"add","path":"/a","value":1,"op":"remove"}]"#, .memberRepeats),
        .init(#"[{"op":"add","path":"/a","value":1,"value":1}]"#, .memberRepeats),
        .init(#"[{"op":"move","from":"/a","path":"/a/b"}]"#, .movesIntoItself),
        .init(#"[{"op":"move","from":"","path":"/a"}]"#, .movesIntoItself),
        .init(#"[{"op":"remove","path":""}]"#, .removesEverything),
        .init(#"[{"op":"remove","path":"/a"},{"op":"spam","path":"/a"}]"#, .operationUnknown, 1),
        .init(#"[{"op":"test","path":"/a","value":null},{"op":"test","path":"/a"}]"#, .memberMissing("value"), 1),
    ]
}
