import Server

/// The tour: ten stops, each of which shows something and measures what it says.
struct Tour: Sendable {
    /// How many editors edit one item at the same time.
    static let crowd = 20
    /// The item that everybody edits.
    static let item = "/items/cart"

    /// Who plays.
    let cast: Cast
    /// Where everything is.
    let addresses: Addresses
    /// Where it is told.
    let narration: Narration

    /// A tour of a demonstration that is running.
    init(_ cast: Cast, _ addresses: Addresses, to narration: Narration) {
        self.cast = cast
        self.addresses = addresses
        self.narration = narration
    }

    /// Goes round.
    /// - Returns: With `once`, the exit code; else `nil`, to keep serving.
    func run(once: Bool) async -> Int32? {
        do {
            introduce()
            var claims = [try await editDirectly()]
            claims.append(try await editThroughParley())
            claims.append(try await refuseStaleWrite())
            claims.append(try await refuseUnconditionalWrite())
            claims += try await collideSigningUp()
            claims.append(try await retryOrder())
            claims.append(try await mergeEditors())
            claims.append(try await holdLock())
            claims += try await race()
            claims.append(try await askModels())
            claims.append(try await lookAtConsole())
            if once { return judge(claims) }
            invite()
            return nil
        } catch {
            narration.pause()
            narration.say("The tour ends here: \(error).")
            if once { return 1 }
            narration.say("Gateway and console keep serving; Ctrl-C ends them.")
            return nil
        }
    }

    /// A client of the gateway.
    var gateway: Caller { Caller(addresses.gateway) }

    private func introduce() {
        narration.heading("Parley demo: sample APIs, a gateway and its console in one process")
        narration.pause()
        narration.fact("item API", "http://\(cast.items.authority)  (keeps no versions)")
        narration.fact("sign-up API", "http://\(cast.accounts.authority)  (refuses names that are taken)")
        narration.fact("models", "http://\(cast.models.authority)  (stands in for five vendors, offline)")
        for provider in SampleProvider.all {
            guard let variable = provider.payingVariable(SampleConfiguration.isSet) else { continue }
            narration.fact(
                provider.name,
                "the real vendor, who takes money: \(variable) is set  (unset it to stay offline)"
            )
        }
        narration.fact("gateway", "http://\(addresses.gateway.authority)\(note(addresses.gateway, usual: 8080))")
        narration.fact("console", "http://\(addresses.console.authority)\(note(addresses.console, usual: 8081))")
        narration.fact("configuration", addresses.configuration)
    }

    private func note(_ endpoint: Endpoint, usual: Int) -> String {
        endpoint.port == usual ? "" : "  (not the usual port \(usual))"
    }

    private func judge(_ claims: [Claim]) -> Int32 {
        narration.heading("What was claimed, and what was measured")
        narration.pause()
        for claim in claims { narration.verdict(claim) }
        narration.pause()
        let failures = claims.count { !$0.holds }
        narration.say(
            failures == 0 ? "All \(claims.count) claims hold." : "\(failures) of \(claims.count) claims do not hold."
        )
        return failures == 0 ? 0 : 1
    }
}
