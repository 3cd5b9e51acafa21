/// The ground of RFC 6902 and its appendix A, and the corners beyond it.
enum PatchCases {}

extension PatchCases {
    /// Patches that fit.
    static let fitting: [PatchExample] = adding + removing + replacing + moving + copying + testing + pointing

    private static let adding: [PatchExample] = [
        .init("{}", "[]", "{}"), .init("[]", "[]", "[]"), .init("1", "[]", "1"),
        .init(#"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#, #"{"foo":"bar","baz":"qux"}"#),
        .init(#"{"a":1,"b":2}"#, #"[{"op":"add","path":"/a","value":3}]"#, #"{"a":3,"b":2}"#),
        .init(
            #"{"foo":["bar","baz"]}"#,
            #"[{"op":"add","path":"/foo/1","value":"qux"}]"#,
            #"{"foo":["bar","qux","baz"]}"#
        ),
        .init("[1,2]", #"[{"op":"add","path":"/0","value":0}]"#, "[0,1,2]"),
        .init("[1,2]", #"[{"op":"add","path":"/2","value":3}]"#, "[1,2,3]"),
        .init("[1,2]", #"[{"op":"add","path":"/-","value":3}]"#, "[1,2,3]"),
        .init("[]", #"[{"op":"add","path":"/0","value":1}]"#, "[1]"),
        .init("[]", #"[{"op":"add","path":"/-","value":1}]"#, "[1]"),
        .init(
            #"{"foo":"bar"}"#,
            #"[{"op":"add","path":"/child","value":{"grandchild":{}}}]"#,
            #"{"foo":"bar","child":{"grandchild":{}}}"#
        ),
        .init(
            #"{"foo":["bar"]}"#,
            #"[{"op":"add","path":"/foo/-","value":["abc","def"]}]"#,
            #"{"foo":["bar",["abc","def"]]}"#
        ),
        .init(
            #"{"foo":"bar"}"#,
            #"[{"op":"add","path":"/baz","value":"qux","xyz":123}]"#,
            #"{"foo":"bar","baz":"qux"}"#
        ),
        .init(#"{"foo":1}"#, #"[{"op":"add","path":"","value":[1]}]"#, "[1]"),
        .init("[]", #"[{"op":"add","path":"","value":null}]"#, "null"),
        .init("{}", #"[{"op":"add","path":"/","value":1}]"#, #"{"":1}"#),
        .init("{}", #"[{"op":"add","path":"/n","value":null}]"#, #"{"n":null}"#),
        .init(#"{"a":{}}"#, #"[{"op":"add","path":"/a/","value":1}]"#, #"{"a":{"":1}}"#),
        .init(#"{"a":null}"#, #"[{"op":"add","path":"/a","value":1}]"#, #"{"a":1}"#),
        .init("{}", #"[{"op":"add","path":"/0","value":1}]"#, #"{"0":1}"#),
        .init("{}", #"[{"op":"add","path":"/-","value":1}]"#, #"{"-":1}"#),
        .init("{}", #"[{"op":"add","path":"/01","value":1}]"#, #"{"01":1}"#),
        .init("[[1]]", #"[{"op":"add","path":"/0/0","value":0}]"#, "[[0,1]]"),
        .init(
            "{}",
            #"[{"op":"add","path":"/a","value":[]},{"op":"add","path":"/a/-","value":1},{"op":"add","path":"/a/0","value":0}]"#,
            #"{"a":[0,1]}"#
        ),
        .init("[]", #"[{"value":1,"path":"/-","op":"add"}]"#, "[1]"),
        .init("[]", #"[{"op":"\u0061dd","path":"/-","value":1}]"#, "[1]"),
    ]

    private static let removing: [PatchExample] = [
        .init(#"{"baz":"qux","foo":"bar"}"#, #"[{"op":"remove","path":"/baz"}]"#, #"{"foo":"bar"}"#),
        .init(#"{"foo":["bar","qux","baz"]}"#, #"[{"op":"remove","path":"/foo/1"}]"#, #"{"foo":["bar","baz"]}"#),
        .init("[1,2]", #"[{"op":"remove","path":"/0"},{"op":"remove","path":"/0"}]"#, "[]"),
        .init(#"{"a":null}"#, #"[{"op":"remove","path":"/a"}]"#, "{}"),
        .init(#"{"a":[{"b":1,"c":2}]}"#, #"[{"op":"remove","path":"/a/0/b"}]"#, #"{"a":[{"c":2}]}"#),
        .init(#"{"":1,"a":2}"#, #"[{"op":"remove","path":"/"}]"#, #"{"a":2}"#),
        .init(#"{"a":1}"#, #"[{"op":"remove","path":"/a","from":7,"value":7}]"#, "{}"),
    ]

    private static let replacing: [PatchExample] = [
        .init(
            #"{"baz":"qux","foo":"bar"}"#,
            #"[{"op":"replace","path":"/baz","value":"boo"}]"#,
            #"{"baz":"boo","foo":"bar"}"#
        ),
        .init("[1,2,3]", #"[{"op":"replace","path":"/1","value":{"a":1}}]"#, #"[1,{"a":1},3]"#),
        .init(#"{"a":1}"#, #"[{"op":"replace","path":"","value":{"b":2}}]"#, #"{"b":2}"#),
        .init(#"{"a":1}"#, #"[{"op":"replace","path":"/a","value":null}]"#, #"{"a":null}"#),
        .init(#"{"a":null}"#, #"[{"op":"replace","path":"/a","value":0}]"#, #"{"a":0}"#),
        .init("[[1,[2]]]", #"[{"op":"replace","path":"/0/1/0","value":3}]"#, "[[1,[3]]]"),
    ]

    private static let moving: [PatchExample] = [
        .init(
            #"{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}"#,
            #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#,
            #"{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}"#
        ),
        .init(
            #"{"foo":["all","grass","cows","eat"]}"#,
            #"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#,
            #"{"foo":["all","cows","eat","grass"]}"#
        ),
        .init("[1,2,3]", #"[{"op":"move","from":"/2","path":"/0"}]"#, "[3,1,2]"),
        .init("[1,2,3]", #"[{"op":"move","from":"/0","path":"/-"}]"#, "[2,3,1]"),
        .init(#"{"a":1,"b":2}"#, #"[{"op":"move","from":"/a","path":"/b"}]"#, #"{"b":1}"#),
        .init(#"{"a":1}"#, #"[{"op":"move","from":"/a","path":"/a"}]"#, #"{"a":1}"#),
        .init("1", #"[{"op":"move","from":"","path":""}]"#, "1"),
        .init(#"{"a":{"b":1}}"#, #"[{"op":"move","from":"/a/b","path":"/a"}]"#, #"{"a":1}"#),
        .init(#"{"a":{"b":1}}"#, #"[{"op":"move","from":"/a","path":""}]"#, #"{"b":1}"#),
        .init(#"{"a":1,"ab":{}}"#, #"[{"op":"move","from":"/a","path":"/ab/c"}]"#, #"{"ab":{"c":1}}"#),
        .init("[[1],2]", #"[{"op":"move","from":"/1","path":"/0/1"}]"#, "[[1,2]]"),
        .init(#"[{"a":1},0]"#, #"[{"op":"move","from":"/0/a","path":"/1"}]"#, "[{},1,0]"),
    ]

    private static let copying: [PatchExample] = [
        .init(#"{"a":{"b":1}}"#, #"[{"op":"copy","from":"/a","path":"/c"}]"#, #"{"a":{"b":1},"c":{"b":1}}"#),
        .init(
            #"{"a":{"b":1}}"#,
            #"[{"op":"copy","from":"/a","path":"/c"},{"op":"replace","path":"/c/b","value":2}]"#,
            #"{"a":{"b":1},"c":{"b":2}}"#
        ),
        .init(
            #"{"a":{"b":1}}"#,
            #"[{"op":"copy","from":"/a","path":"/c"},{"op":"replace","path":"/a/b","value":2}]"#,
            #"{"a":{"b":2},"c":{"b":1}}"#
        ),
        .init("[1,2]", #"[{"op":"copy","from":"/0","path":"/-"}]"#, "[1,2,1]"),
        .init("[1]", #"[{"op":"copy","from":"/0","path":"/0"}]"#, "[1,1]"),
        .init(#"{"a":{}}"#, #"[{"op":"copy","from":"/a","path":"/a/a"}]"#, #"{"a":{"a":{}}}"#),
        .init(#"{"a":1}"#, #"[{"op":"copy","from":"","path":"/b"}]"#, #"{"a":1,"b":{"a":1}}"#),
        .init(#"{"a":null}"#, #"[{"op":"copy","from":"/a","path":"/b"}]"#, #"{"a":null,"b":null}"#),
    ]

    private static let testing: [PatchExample] = [
        ("{\"baz\":\"qux\",\"foo\":[\"a\",2,\"c\"]}", "/baz", "\"qux\""), ("{\"foo\":[\"a\",2,\"c\"]}", "/foo/1", "2"),
        (#"{"a":1}"#, "/a", "1.0"), (#"{"a":1.0}"#, "/a", "1"), (#"{"a":100}"#, "/a", "1e2"), (#"{"a":-0}"#, "/a", "0"),
        (#"{"a":{"x":1,"y":[2]}}"#, "/a", #"{"y":[2],"x":1}"#), (#"{"a":null}"#, "/a", "null"),
        (#"{"a":true}"#, "/a", "true"),
        ("[1,[2,3]]", "", "[1,[2,3]]"), (#"{"":1}"#, "/", "1"), (#""x""#, "", #""x""#),
        (#"{"a":"é"}"#, "/a", #""\u00e9""#),
        (#"{"a":[]}"#, "/a", "[]"), (#"{"a":{}}"#, "/a", "{}"),
        ("9007199254740993", "", "9007199254740993"), ("0.1", "", "0.10"),
    ].map { document, path, value in
        .init(document, #"[{"op":"test","path":"\#(path)","value":\#(value)}]"#, document)
    }

    private static let pointing: [PatchExample] = [
        .init(#"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":10}]"#, #"{"/":9,"~1":10}"#),
        .init(#"{"/":9,"~1":10}"#, #"[{"op":"replace","path":"/~1","value":1}]"#, #"{"/":1,"~1":10}"#),
        .init(#"{"a/b":1,"m~n":2}"#, #"[{"op":"move","from":"/a~1b","path":"/m~0n"}]"#, #"{"m~n":1}"#),
        .init(#"{"a":{"":{"":1}}}"#, #"[{"op":"replace","path":"/a//","value":2}]"#, #"{"a":{"":{"":2}}}"#),
        .init(#"{"1e0":"x","+1":2}"#, #"[{"op":"remove","path":"/1e0"},{"op":"remove","path":"/+1"}]"#, "{}"),
        .init(
            #"{"c%d":1," ":2}"#,
            #"[{"op":"replace","path":"/c%d","value":0},{"op":"remove","path":"/ "}]"#,
            #"{"c%d":0}"#
        ),
        .init(#"{"é":1}"#, #"[{"op":"replace","path":"/\u00e9","value":2}]"#, #"{"é":2}"#),
        .init(#"{"__proto__":1}"#, #"[{"op":"replace","path":"/__proto__","value":2}]"#, #"{"__proto__":2}"#),
    ]
}
