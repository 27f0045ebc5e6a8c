import CardChip
import CardReader
import Contracts
import Foundation
import InstitutionKeys
import JPKIValidation
import Nation
import PersonCodes
import Portal
import Testing
import Values
import Wire

/// The card did not take the PIN.
struct CardRefusal: Error, Equatable {
    let result: PinResult
}

/// What a card agent does: signs a request object with a persona's card, one message per audience.
enum TestAgent {
    static func sign(
        _ object: LoginRequestObject, _ reference: String, with slug: String, pin: String = "1234",
        in folder: NationFolder, at now: Instant
    ) throws -> LoginCallback {
        let card = try JPKICard(InMemoryTransport(CardStore.open(folder: folder.wallet, name: slug)))
        let result = try card.verify(Pin(pin, for: .authentication))
        guard result == .verified else { throw CardRefusal(result: result) }
        let certificate = try UnverifiedUserCertificate(der: card.certificate(.authentication))
        let evidence = try object.audiences.map { audience in
            let challenge = try LoginChallenge(
                audience: audience.text, relyingParty: object.relyingParty.text, origin: object.origin,
                purpose: object.purpose, nonce: object.nonce.bytes, time: now)
            return try LoginEvidence(
                challenge: challenge, signature: card.sign(message: challenge.bytes, with: .authentication),
                certificate: certificate)
        }
        return LoginCallback(reference: reference, evidence: evidence)
    }
}

extension TestAgent {
    /// The certificate for logging in on a persona's card.
    static func certificate(of slug: String, in folder: NationFolder) throws -> UnverifiedUserCertificate {
        let card = try JPKICard(InMemoryTransport(CardStore.open(folder: folder.wallet, name: slug)))
        return try UnverifiedUserCertificate(der: card.certificate(.authentication))
    }
}

extension TestNation {
    var portal: PortalService { get throws { try #require(nation.portal) } }

    /// Logs a persona in, without a browser.
    func logIn(_ slug: String, pin: String = "1234") async throws -> SignedInCitizen {
        let portal = try portal
        let cookie = WireDigest.sha256(RandomBytes.eight())
        let reference = try await portal.beginLogin(cookieHash: cookie)
        let token = try await portal.requestObject(reference)
        let object = try await folder.directory().verify(token, by: .portal, at: clock.now()).content
        let callback = try TestAgent.sign(object, reference.text, with: slug, pin: pin, in: folder, at: clock.now())
        let handle = try await portal.acceptSignature(callback)
        return try await portal.signIn(handle: handle.handle, cookieHash: cookie)
    }

    /// The portal's keys, as they lie in its folder.
    func portalKeys() throws -> InstitutionKeyPair {
        let text = try String(decoding: folder.read(folder.key("institution.key", of: .portal)), as: UTF8.self)
        return try InstitutionKeyPair(secretBytes: [UInt8](base64URL: text))
    }
}

/// A signed-in citizen opened up: what the portal keeps in her session, as JSON.
struct OpenedSession: Codable {
    var presence: PresenceToken
    var content: Presence

    init(_ citizen: SignedInCitizen) throws {
        self = try WireJSON.decode(OpenedSession.self, from: WireJSON.encode(citizen))
    }

    var code: InstitutionCode { content.code }
}
