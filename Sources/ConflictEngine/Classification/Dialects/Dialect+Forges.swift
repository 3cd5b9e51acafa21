extension Dialect {
    /// GitHub, and Gitea and Forgejo, which speak alike.
    static let gitHub = Dialect(name: "github") { reading in
        guard reading.value("message") != nil else { return nil }
        if let rule = gitHubPhrases.first(where: { $0.matches(reading.words) }) { return .conflict(rule.kind) }
        if let blob = BracketedName.word(after: "does not match ", in: reading.words), blob.count >= 40 {
            return .conflict(.staleVersionImplicit)
        }
        let isValidation = reading.words.holds("validation failed") && reading.answer.status == 422
        if isValidation, reading.hasCode("alreadyexists") { return .conflict(.uniqueness) }
        return nil
    }

    private static let gitHubPhrases = [
        PhraseRule("head branch was modified|base branch was modified|head sha + was modified", .staleVersionImplicit),
        PhraseRule("does not match + sha|blob", .staleVersionImplicit),
        PhraseRule("is at + but expected", .staleVersionImplicit),
        PhraseRule("expected head sha didn't match|expected_head_sha", .staleVersionImplicit),
        PhraseRule("update is not a fast forward|not a fast-forward", .staleVersionImplicit),
        PhraseRule("reference already exists|a pull request already exists|release already exists", .alreadyExists),
        PhraseRule(
            """
            pull request is not mergeable|is not mergeable|required status check|pull request is closed
            """,
            .state,
        ),
        PhraseRule("pull request is in draft|git repository is empty|repository is empty|already merged", .state),
        PhraseRule("name already exists on this account", .uniqueness),
        PhraseRule("merge conflict|conflict merging", .edit),
        PhraseRule("approving review is required|commit status checks failed", .state),
        PhraseRule("cannot cancel a workflow run", .state),
    ]

    /// GitLab.
    static let gitLab = Dialect(
        name: "gitlab",
        phrases: [
            PhraseRule("sha does not match head of source branch", .staleVersionImplicit),
            PhraseRule(
                """
                file has changed since|has been changed since you started|\
                you are attempting to update a file that has changed
                """,
                .staleVersionImplicit,
            ),
            PhraseRule(
                """
                you are attempting to update a file that has changed since you started editing it
                """,
                .staleVersionImplicit,
            ),
            PhraseRule("branch cannot be merged|cannot be merged due to conflicts|has conflicts", .edit),
            PhraseRule("another open merge request already exists", .alreadyExists),
            PhraseRule("branch already exists|tag + already exists", .alreadyExists),
            PhraseRule("a file with this name already exists", .alreadyExists),
            PhraseRule("failed to obtain a lease|failed to obtain lease|lease already taken", .contended),
        ],
    )

    /// Bitbucket, server and cloud, by the exceptions that the server names.
    static let bitbucket = Dialect(name: "bitbucket") { reading in
        let isBitbucket = reading.members.contains { $0.value.hasPrefix("com.atlassian.") }
        guard isBitbucket else { return nil }
        return bitbucketCodes.judge(reading)
            ?? (reading.words.holds("version must be incremented") ? .conflict(.staleVersionImplicit) : nil)
    }

    private static let bitbucketCodes = CodeTable([
        (.staleVersionImplicit, "PullRequestOutOfDateException CommentOutOfDateException"),
        (.staleVersionImplicit, "FileOutOfDateException TaskOutOfDateException"),
        (.staleVersionImplicit, "FileContentUnmodifiedException OptimisticLockException StaleStateException"),
        (.alreadyExists, "DuplicatePullRequestException DuplicateRefException"),
        (.alreadyExists, "RepositoryAlreadyExistsException DuplicateTagException"),
        (.uniqueness, "UserAlreadyExistsException ProjectKeyAlreadyExistsException"),
        (.uniqueness, "IntegrityException KeyAlreadyExistsException"),
        (.edit, "PullRequestMergeConflictException MergeConflictException FilePathConflictException"),
        (.state, "PullRequestMergeVetoedException IllegalPullRequestStateException InvalidPullRequestStateException"),
        (.state, "EmptyPullRequestException PullRequestRebaseException RepositoryArchivedException"),
    ])
}
