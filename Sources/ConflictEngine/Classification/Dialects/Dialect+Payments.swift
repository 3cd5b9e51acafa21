extension Dialect {
    /// Stripe.
    static let stripe = Dialect(name: "stripe") { reading in
        let type = reading.value("error.type")
        let code = reading.value("error.code")
        if code == "idempotency_key_in_use" { return .conflict(.duplicateInFlight) }
        if type == "idempotency_error" {
            return .conflict(reading.answer.status == 409 ? .duplicateInFlight : .keyReused)
        }
        switch code {
        case "lock_timeout": return .conflict(.contended)
        case "resource_already_exists", "bank_account_exists": return .conflict(.alreadyExists)
        case "email_taken", "tax_id_taken": return .conflict(.uniqueness)
        case "payment_intent_unexpected_state", "setup_intent_unexpected_state", "charge_already_captured",
            "charge_already_refunded", "invoice_not_editable", "payout_already_canceled":
            return .conflict(.state)
        default: return nil
        }
    }

    /// PayPal, Square, Adyen, Braintree and other processors, by their codes.
    static let payments = Dialect(
        name: "payments",
        codes: CodeTable([
            (.uniqueness, "DUPLICATE_INVOICE_ID DUPLICATE_INVOICE_NUMBER DUPLICATE_REFERENCE_ID"),
            (.uniqueness, "INVOICE_NUMBER_ALREADY_EXISTS"),
            (.keyReused, "IDEMPOTENCY_KEY_REUSED DUPLICATE_REQUEST_ID IDEMPOTENCY_KEY_MISMATCH idempotency_key_reuse"),
            (.keyReused, "idempotency_key_already_used IDEMPOTENCY_CONFLICT idempotency_mismatch"),
            (.keyReused, "idempotent_request_mismatch"),
            (.keyReused, "idempotency_key_reused reused_idempotency_key"),
            (.duplicateInFlight, "PREVIOUS_REQUEST_IN_PROGRESS idempotent_request_in_progress"),
            (.duplicateInFlight, "idempotency_concurrent_request"),
            (.duplicateInFlight, "idempotency_key_in_use idempotency_in_progress request_in_progress"),
            (.staleVersionImplicit, "VERSION_MISMATCH"),
            (.state, "ORDER_NOT_APPROVED REFUND_ALREADY_PENDING invalid_state_for_request"),
            (.state, "ORDER_ALREADY_CAPTURED ORDER_ALREADY_AUTHORIZED"),
            (.state, "ORDER_ALREADY_COMPLETED AUTHORIZATION_ALREADY_CAPTURED"),
            (.state, "CAPTURE_FULLY_REFUNDED AUTHORIZATION_VOIDED PREVIOUSLY_CAPTURED"),
            (.state, "PREVIOUSLY_VOIDED ORDER_ALREADY_USED"),
            (.state, "AUTHORIZATION_ALREADY_VOIDED SUBSCRIPTION_STATUS_INVALID"),
            (.state, "INVALID_RESOURCE_STATE TRANSACTION_ALREADY_REFUNDED"),
            (.state, "PAYMENT_ALREADY_DONE ALREADY_CAPTURED CHARGE_ALREADY_CAPTURED ORDER_EXPIRED_ALREADY"),
            (.contended, "lock_timeout CONCURRENT_REQUEST"),
        ]),
    )
}
