package import HTTPSemantics

/// A race that can be run: settings that were checked, and where it takes place.
package struct RacePlan: Sendable {
    /// How a resource is created before the race.
    package struct Creation: Sendable, Equatable {
        /// The method, mostly POST.
        package var method: String
        /// Where the request goes.
        package var address: RaceAddress
        /// The body.
        package var body: [UInt8]
        /// Where in the answer the new resource's name stands, if there is no Location.
        package var identifier: JSONPointer
        /// The URL of the new resource with `{id}` in it; `nil` to take Location, or a member of the collection.
        package var template: String?

        /// A creation.
        package init(
            method: String,
            address: RaceAddress,
            body: [UInt8],
            identifier: JSONPointer,
            template: String? = nil,
        ) {
            self.method = method
            self.address = address
            self.body = body
            self.identifier = identifier
            self.template = template
        }
    }

    /// Where the race takes place.
    package enum Place: Sendable, Equatable {
        /// On a resource that is there.
        case existing(RaceAddress)
        /// On a resource that is created first.
        case created(Creation)
    }

    /// What was asked for.
    package let settings: RaceSettings
    /// Where.
    package let place: Place
    /// The field.
    package let pointer: JSONPointer

    /// A plan.
    /// - Throws: ``RaceFault`` of wrong usage if the settings cannot be.
    package init(_ settings: RaceSettings, at place: Place) throws(RaceFault) {
        if let complaint = settings.complaint { throw .usage(complaint) }
        guard let pointer = JSONPointer(settings.field) else {
            throw .usage("--field takes a JSON pointer such as /n or /stock/count, not «\(settings.field)»")
        }
        self.settings = settings
        self.place = place
        self.pointer = pointer
    }

    /// The requests that may be sent.
    package var budget: RaceBudget {
        if case .created = place { RaceBudget(settings, creates: true) } else { RaceBudget(settings, creates: false) }
    }

    /// What will be done and sent, a line each, before anything is sent.
    package var announcement: [String] {
        let place =
            switch place {
            case .existing(let address): address.text
            case .created(let creation): "what \(creation.method) \(creation.address.text) creates"
            }
        let condition = settings.usesCondition ? "with If-Match where a read gives an ETag" : "without a condition"
        return [
            "race on \(place)",
            "\(settings.writers) writers, \(settings.writes) writes each: GET, change \(settings.field), "
                + "\(settings.method) \(condition)",
            budget.announcement,
        ]
    }
}
