import Contracts
import InstitutionKeys
import JPKIValidation
import Values
import Web

/// A request object that has passed every check: what pages show and what a card may sign. Made by ``RequestCheck``.
struct CheckedRequest: Sendable {
    /// The relying party's registered id.
    let relyingParty: InstitutionID
    /// Its registered names.
    let name: Text
    /// The purpose, as it is signed.
    let purpose: String
    /// Its origin, from which the request came.
    let origin: Origin
    /// Where the answer is posted.
    let callback: String
    /// Where the browser goes with the handle.
    let resume: String
    /// 32 bytes.
    let nonce: [UInt8]
    /// Who gets a signature of their own, in order.
    let audiences: [InstitutionID]
    /// When the request ends.
    let expiresAt: Instant

    fileprivate init(_ object: LoginRequestObject, name: Text, origin: Origin) {
        relyingParty = object.relyingParty
        self.name = name
        purpose = object.purpose
        self.origin = origin
        callback = object.callback
        resume = object.resume
        nonce = object.nonce.bytes
        audiences = object.audiences
        expiresAt = object.expiresAt
    }
}

/// The decision whether a request object may be shown to a person. Pure: time and register come in.
struct RequestCheck: Sendable {
    /// The longest life of a request. Source: design, Login (5 minutes).
    static let longestLife = Duration.seconds(5 * 60)
    /// How much the relying party's clock may be ahead.
    static let skew = Duration.seconds(5)

    /// Who may ask at all.
    let relyingParties: Set<InstitutionID>
    /// The port at which this agent listens.
    let port: UInt16

    /// The checked request of an object whose signature is right. Throws the first check that fails.
    func check(
        _ object: LoginRequestObject, named statement: KeyStatement, from portal: PortalAddress, at now: Instant
    ) throws(AgentError) -> CheckedRequest {
        guard relyingParties.contains(object.relyingParty), statement.institution == object.relyingParty else {
            throw .unknownParty
        }
        guard object.purpose == LoginPurpose.login else { throw .unknownPurpose }
        guard object.origin == portal.origin.description else { throw .otherOrigin }
        guard Self.isPage(object.callback, of: portal.origin), Self.isPage(object.resume, of: portal.origin) else {
            throw .otherOrigin
        }
        guard object.agentPort == Int(port) else { throw .otherAgent }
        guard object.audiences == [object.relyingParty, .numberAuthority] else { throw .otherAudiences }
        guard object.nonce.bytes.count == LoginChallenge.nonceOctets else { throw .malformedNonce }
        guard Self.isLive(object, at: now) else { throw .expired }
        let name = Text(ja: statement.nameJapanese, en: statement.nameEnglish)
        return CheckedRequest(object, name: name, origin: portal.origin)
    }

    private static func isLive(_ object: LoginRequestObject, at now: Instant) -> Bool {
        object.issuedAt <= now + skew && now < object.expiresAt
            && object.expiresAt - object.issuedAt <= longestLife
    }

    /// Whether an address is a plain path of the origin: nothing in it can lead elsewhere or add to a query.
    static func isPage(_ address: String, of origin: Origin) -> Bool {
        let prefix = origin.description + "/"
        guard address.utf8.count <= 500, address.hasPrefix(prefix) else { return false }
        return address.dropFirst(prefix.count).utf8.allSatisfy(isPathCharacter)
    }

    private static func isPathCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"): true
        default: false
        }
    }
}
