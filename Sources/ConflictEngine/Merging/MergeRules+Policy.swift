package import Catalog
import HTTPSemantics

extension MergeRules {
    /// The rules that a configuration gives; what is no pointer was reported where it was read.
    package init(_ policy: MergePolicy) {
        let pointers = { (texts: [String]) in texts.compactMap { JSONPointer($0) } }
        self.init(
            atomic: pointers(policy.atomic),
            keyed: policy.keyed.compactMap { keyed in
                JSONPointer(keyed.place).map { KeyedArray($0, by: keyed.field) }
            },
            sets: pointers(policy.sets),
            counters: pointers(policy.counters),
            groups: policy.groups.map(pointers)
        )
    }
}
