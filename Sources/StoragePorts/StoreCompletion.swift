/// What a store gives its answer to, once, on any thread.
package typealias StoreCompletion<Value> = @Sendable (Result<Value, StoreError>) -> Void
