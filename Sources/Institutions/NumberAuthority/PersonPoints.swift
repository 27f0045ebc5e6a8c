import Contracts
import JPKIValidation
import Logging
import NumberContracts
import NumberValues
import PersonCodes
import PortableSQL
import Values
import Wire

// Where a person becomes a point (符号取得; 番号法21条の2第2項). The point goes to the core under an acquisition; the one
// who asked learns nothing here but that it was done.
extension NumberAuthorityService {
    /// An agency's register sends a number.
    func submitAcquisition(_ request: SubmitAcquisition, by caller: Caller) async throws -> Acknowledgement {
        let number = try Self.parsed(request.number)
        let now = clock.now()
        let code = try await database.write { writer in
            guard let code = try writer.residentCode(under: number) else { throw AuthorityError.unknownNumber }
            try writer.audit(.acquisitionForAgency, of: code, by: caller.name, at: now)
            return code
        }
        return try await complete(request.acquisition, for: code)
    }

    /// The portal sends a login's evidence; this institution verifies it itself.
    func presentLogin(_ request: PresentLogin, by caller: Caller) async throws -> Acknowledgement {
        let now = clock.now()
        let expected = LoginExpectation(
            audience: InstitutionID.numberAuthority.text, relyingParty: caller.name, origin: portalOrigin,
            purpose: LoginPurpose.login, nonce: nil)
        switch await validator.verify(request.evidence, expecting: expected, askingBy: client, at: now) {
        case .failure(let report):
            logger.notice(
                "login evidence refused",
                metadata: [
                    "indication": "\(report.indication.rawValue)", "check": "\(report.failedCheck?.rawValue ?? "-")",
                ])
            throw report.subIndication == .tryLater ? AuthorityError.statusUnavailable : AuthorityError.loginRefused
        case .success(let login):
            let code = try await use(login, for: request.acquisition, by: caller, at: now)
            return try await complete(request.acquisition, for: code)
        }
    }

    /// Uses the login's nonce up, once for one acquisition, and finds the resident.
    private func use(
        _ login: VerifiedLogin, for acquisition: AcquisitionID, by caller: Caller, at now: Instant
    ) async throws -> ResidentCode {
        let certificate = CertificateName(
            issuer: ContractBytes(login.identity.issuerDER), serial: ContractBytes(login.identity.serialBytes))
        return try await database.write { writer in
            guard let code = try writer.residentCode(holding: certificate) else {
                throw AuthorityError.unknownCertificate
            }
            switch try writer.acquisition(presentedWith: login.challenge.nonce) {
            case acquisition?: return code
            case .some: throw AuthorityError.loginUsed
            case nil: try writer.usePresented(login.challenge.nonce, for: acquisition, at: now)
            }
            try writer.audit(.acquisitionForLogin, of: code, by: caller.name, at: now)
            return code
        }
    }

    private func complete(_ acquisition: AcquisitionID, for code: ResidentCode) async throws -> Acknowledgement {
        let point = try key.point(for: Array(code.disclosed(for: .personPoint).utf8))
        return try await client.call(
            AcquisitionContract.complete, of: InstitutionID.linkageCore.text,
            CompleteAcquisition(acquisition: acquisition, point: point), key: acquisition.text)
    }
}
