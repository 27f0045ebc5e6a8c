/// What the card agent refuses, or cannot do. None of it holds a word of what was sent.
public enum AgentError: String, Error, Equatable, CaseIterable, Sendable {
    // MARK: The request

    /// `portal` or `ref` is missing or of another form.
    case malformedAddress
    /// The origin is none that the agent asks: see ``PortalAddress``.
    case originNotAllowed
    /// The origin does not answer in time, or cannot answer now.
    case portalUnreachable
    /// The origin knows no such login, or it is used or expired.
    case loginOver
    /// The answer is no request object: another status or type, too long, or not readable.
    case notARequest
    /// The register has no such relying party, or the signature is not that party's.
    case unknownParty
    /// The agent signs for no such purpose.
    case unknownPurpose
    /// Origin, callback or resumption are not where the request came from.
    case otherOrigin
    /// The request is for a card agent at another port.
    case otherAgent
    /// The audiences are not exactly the relying party and the number authority.
    case otherAudiences
    /// The nonce is not of 32 bytes.
    case malformedNonce
    /// The request has ended, is of the future, or lives longer than it may.
    case expired
    /// Too many requests are being fetched.
    case busy

    // MARK: The page

    /// The request is no longer the one on screen.
    case replaced
    /// The person stopped it.
    case cancelled
    /// It was answered already.
    case answered
    /// The browser's request is neither a top-level navigation nor from a page of this program.
    case notFromHere

    // MARK: The answer

    /// The relying party did not take the signature or the certificate.
    case evidenceRefused
    /// The relying party did not take the answer in time, or answered something else.
    case callbackFailed

    // MARK: The folder

    /// The folder of cards cannot be read.
    case walletUnreadable
    /// `public/key-statements.json` or `public/key-authority.pub` is missing.
    case keysMissing
    /// The keys are not what they should be, or not signed by the authority.
    case keysRefused
    /// `clock.json` is no clock's setting.
    case malformedClock
}
