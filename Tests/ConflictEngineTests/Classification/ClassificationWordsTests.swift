import ConflictEngine
import Testing

/// Sentences that read nearly alike, of which one tells of a conflict and the other does not.
@Suite struct ClassificationWordsTests {
    private func kind(_ status: Int, _ text: String, method: String = "POST") -> ConflictKind? {
        let answer = ObservedAnswer(method: method, status: status, body: Array(text.utf8))
        return ConflictClassifier().classify(answer)?.kind
    }

    @Test(
        "One value that must be unique is a conflict, several within the request are not",
        arguments: [
            ("Label must be unique among your servers", .uniqueness), ("Email address is not unique", .uniqueness),
            ("Items must be unique", nil), ("Column names must be unique", nil),
            ("Name must be a unique-looking string", nil), ("The address is not unique enough", nil),
        ] as [(String, ConflictKind?)]
    )
    func uniquenessIsAboutOneValue(text: String, expected: ConflictKind?) {
        #expect(kind(422, text) == expected)
    }

    @Test(
        "What is already done counts only as a statement about the thing",
        arguments: [
            ("Invoice is already paid", .state), ("Invoice already paid.", .state),
            ("The poll has already ended", .state), ("Cannot cancel a fulfilled order", .state),
            ("The amount already paid by the customer is too small", nil),
            ("Your project limit has already been reached", nil), ("Cannot deactivate your own account", nil),
        ] as [(String, ConflictKind?)]
    )
    func finishedStates(text: String, expected: ConflictKind?) {
        #expect(kind(400, text) == expected)
    }

    @Test(
        "Work of another writer is contention, a limit on parallel work is not",
        arguments: [
            (400, "Request failed because another payment operation is in progress", .contended),
            (400, "Another refresh request is already executing", .contended),
            (503, "A job operation is already running. Retry later.", .contended),
            (429, "Too many export requests in progress. Maximum 2 concurrent.", nil),
            (500, "SMTP error: another session is already in progress", nil),
            (409, "Operation on the API is in progress", .contended),
        ] as [(Int, String, ConflictKind?)]
    )
    func otherWork(status: Int, text: String, expected: ConflictKind?) {
        #expect(kind(status, text) == expected)
    }

    @Test(
        "A change by somebody else is a stale version under any status",
        arguments: [400, 409, 422, 500]
    )
    func changesByOthers(status: Int) {
        #expect(kind(status, "Another user has changed the row with key 1.") == .staleVersionImplicit)
        #expect(kind(status, "The configuration file was changed by other user") == .staleVersionImplicit)
    }

    @Test(
        "Dependants are found whatever verb is used",
        arguments: [
            "Cannot delete ingredient. It is currently used in a recipe.",
            "The group cannot be deleted because it has one or more members",
            "an existing 'routes' entity references this 'services' entity",
            "can not delete this upstream, a route is still using it now",
        ]
    )
    func dependants(text: String) {
        for status in [400, 409, 422] { #expect(kind(status, text, method: "DELETE") == .referential) }
        #expect(kind(400, "Cannot delete: confirmation text does not match", method: "DELETE") == nil)
    }

    @Test(
        "Codes tell their kind by how they are built",
        arguments: [
            ("PHONE_NUMBER_EXISTS", .uniqueness), ("record_exists", .alreadyExists),
            ("CERTIFICATE_ALREADY_REVOKED", .state), ("email_not_available", .uniqueness), ("unique", .uniqueness),
            ("array.unique", nil), ("RECORD_NOT_EXISTS", nil), ("SERVICE_UNAVAILABLE", nil),
        ] as [(String, ConflictKind?)]
    )
    func codeShapes(code: String, expected: ConflictKind?) {
        #expect(kind(422, "{\"errors\": [{\"code\": \"\(code)\", \"message\": \"Invalid\"}]}") == expected)
    }

    @Test("Dotted codes of a vendor are read as a whole")
    func dottedCodes() {
        func answer(_ code: String) -> String {
            "<Response><Errors><Error><Code>\(code)</Code><Message>Sorry.</Message></Error></Errors>"
                + "<RequestID>1</RequestID></Response>"
        }
        #expect(kind(400, answer("InvalidAMIName.Duplicate")) == .uniqueness)
        #expect(kind(400, answer("InvalidKeyPair.Duplicate")) == .alreadyExists)
        #expect(kind(400, answer("InvalidSnapshot.InUse")) == .referential)
        #expect(kind(400, answer("InvalidParameterValue")) == nil)
    }

    @Test(
        "What forbids one sentence does not acquit its neighbour",
        arguments: ["INVALID_ARGUMENT", "bad_header", "parameter_error"]
    )
    func neighbouringCodes(code: String) {
        let body = "{\"error\": {\"status\": \"\(code)\", \"message\": \"A sheet with the name 'a' already exists.\"}}"
        #expect(kind(400, body) == .uniqueness)
    }

    @Test(
        "Under a conflict status a reason is a state, and the mere word conflict says nothing",
        arguments: [
            ("No business day is open", .state), ("room is full or in a game", .state),
            ("Worker registration conflict", .unspecified), ("batch generation failed", .unspecified),
            ("A user with such email exists.", .uniqueness), ("User exists!", .alreadyExists),
            ("El email ya está en uso", .uniqueness), ("Ya existe un cliente con el ID: 100", .alreadyExists),
            ("类型名称已存在", .uniqueness),
        ] as [(String, ConflictKind)]
    )
    func plainReasons(text: String, expected: ConflictKind) {
        #expect(kind(409, text) == expected)
    }
}
