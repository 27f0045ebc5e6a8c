import Contracts
import Foundation
import InstitutionKeys
import Values

/// Turns what came from an address into a checked request: signature by the named party's registered key, then
/// ``RequestCheck``.
struct RequestRegister: Sendable {
    /// Keys and names of the nation's institutions.
    let directory: KeyDirectory
    let check: RequestCheck

    /// Throws `notARequest`, `unknownParty`, and what the check throws.
    func checked(
        _ token: SignedToken<LoginRequestObject>, from portal: PortalAddress, at now: Instant
    ) async throws(AgentError) -> CheckedRequest {
        guard let party = Self.claimedParty(of: token) else { throw .notARequest }
        guard let statement = try? directory.statement(of: party, at: now) else { throw .unknownParty }
        let object: LoginRequestObject
        do {
            object = try await directory.verify(token, by: party, at: now).content
        } catch {
            throw (error as? TokenError) == .wrongSignature || error is KeyError ? .unknownParty : .notARequest
        }
        return try check.check(object, named: statement, from: portal, at: now)
    }

    /// Whose key to try: nothing else of the payload is believed before that key has verified it.
    private static func claimedParty(of token: SignedToken<LoginRequestObject>) -> InstitutionID? {
        struct Claim: Decodable { let relyingParty: InstitutionID }
        let parts = token.compact.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = try? [UInt8](base64URL: String(parts[1])) else { return nil }
        return (try? JSONDecoder().decode(Claim.self, from: Data(payload)))?.relyingParty
    }
}
