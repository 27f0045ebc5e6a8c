import JPKIValidation
public import Values

/// Phantom of a login's reference.
public enum LoginAttemptKind {}
/// The reference under which a card agent fetches a login's request object: 128 random bits, five minutes, once.
public typealias LoginReference = Identifier<LoginAttemptKind>

/// A login from the first click to the session: begun → signed → used. Each step once.
struct LoginAttempt: Sendable {
    let reference: LoginReference
    /// 32 random bytes that the card signs.
    let nonce: [UInt8]
    /// SHA-256 of the pre-login cookie of the browser that began.
    let cookieHash: [UInt8]
    let begunAt: Instant
    /// SHA-256 of the handle, once the card has signed.
    let handleHash: [UInt8]?
    let usedAt: Instant?

    /// From the first click to the handle's use.
    static let lifetime = Duration.seconds(5 * 60)

    /// Why this attempt takes no signature now, or nil.
    func refusalOfSignature(at now: Instant) -> PortalError? {
        if now >= begunAt + Self.lifetime { return .loginExpired }
        return handleHash == nil ? nil : .loginUsed
    }

    /// Why the browser with this cookie gets no session out of it now, or nil.
    func refusalOfSession(cookieHash: [UInt8], at now: Instant) -> PortalError? {
        if usedAt != nil { return .loginUsed }
        if handleHash == nil { return .loginUnknown }
        if now >= begunAt + Self.lifetime { return .loginExpired }
        return cookieHash == self.cookieHash ? nil : .otherBrowser
    }
}
