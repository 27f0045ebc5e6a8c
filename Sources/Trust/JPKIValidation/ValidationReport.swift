/// What was found when a certificate or a signature was validated (検証結果), and why.
///
/// Indications and sub-indications are those of ETSI TS 119 102-1 §5.1.3. A report that did not pass is the failure
/// side of a `Result`. It holds no personal data.
public struct ValidationReport: Error, Sendable, Hashable, Codable {
    /// The main indication.
    public enum Indication: String, Sendable, Hashable, Codable {
        /// Every check passed.
        case totalPassed = "TOTAL-PASSED"
        /// It is certain that the signature or certificate is no good.
        case totalFailed = "TOTAL-FAILED"
        /// It could not be found good. To be treated as no good.
        case indeterminate = "INDETERMINATE"
    }

    /// Why it did not pass.
    public enum SubIndication: String, Sendable, Hashable, Codable, CaseIterable {
        case formatFailure = "FORMAT_FAILURE"
        case signatureCryptographicFailure = "SIG_CRYPTO_FAILURE"
        case revoked = "REVOKED"
        case expired = "EXPIRED"
        case notYetValid = "NOT_YET_VALID"
        case signatureConstraintsFailure = "SIG_CONSTRAINTS_FAILURE"
        case chainConstraintsFailure = "CHAIN_CONSTRAINTS_FAILURE"
        case chainGeneralFailure = "CERTIFICATE_CHAIN_GENERAL_FAILURE"
        case cryptographicConstraintsFailure = "CRYPTO_CONSTRAINTS_FAILURE"
        case noCertificateChainFound = "NO_CERTIFICATE_CHAIN_FOUND"
        case tryLater = "TRY_LATER"

        /// The main indication that this reason belongs to.
        public var indication: Indication {
            switch self {
            case .formatFailure, .signatureCryptographicFailure, .revoked, .expired, .notYetValid: .totalFailed
            default: .indeterminate
            }
        }
    }

    /// One thing that was looked at.
    public enum Check: String, Sendable, Hashable, Codable, CaseIterable {
        case algorithms, trustAnchor, anchorValidity, notBefore, notAfter, criticalExtensions
        case basicConstraints, policy, keyUsage, extendedKeyUsage
        case status, statusForThisCertificate, statusFreshness, revocation
        case audience, relyingParty, origin, purpose, nonce, challengeNotFromFuture, challengeAge, signature
    }

    /// A check and how it ended.
    public struct Evidence: Sendable, Hashable, Codable {
        /// What was looked at.
        public let check: Check
        /// Whether it was as it should be.
        public let passed: Bool
        /// What was seen, without personal data.
        public let detail: String
    }

    /// The main indication.
    public let indication: Indication
    /// Why it did not pass; `nil` exactly when it passed.
    public let subIndication: SubIndication?
    /// The checks in their order; when it did not pass, the last one failed.
    public let evidence: [Evidence]

    /// The check that failed, if one did.
    public var failedCheck: Check? { evidence.last.flatMap { $0.passed ? nil : $0.check } }

    init(passed evidence: [Evidence]) {
        indication = .totalPassed
        subIndication = nil
        self.evidence = evidence
    }

    init(failed subIndication: SubIndication, evidence: [Evidence]) {
        indication = subIndication.indication
        self.subIndication = subIndication
        self.evidence = evidence
    }
}

extension ValidationReport: CustomStringConvertible {
    /// Indication, reason and failed check, for the log.
    public var description: String {
        [indication.rawValue, subIndication?.rawValue, failedCheck?.rawValue].compactMap { $0 }.joined(separator: " ")
    }
}

/// Collects evidence and stops at the first check that fails.
struct Examination {
    private(set) var evidence: [ValidationReport.Evidence] = []

    /// Notes a check; throws the report when it failed.
    mutating func require(
        _ passed: Bool, _ check: ValidationReport.Check, _ detail: String = "",
        otherwise reason: ValidationReport.SubIndication
    ) throws(ValidationReport) {
        evidence.append(.init(check: check, passed: passed, detail: detail))
        guard passed else { throw ValidationReport(failed: reason, evidence: evidence) }
    }

    /// Ends the examination at a check that failed.
    mutating func fail(
        _ check: ValidationReport.Check, _ detail: String, _ reason: ValidationReport.SubIndication
    ) -> ValidationReport {
        evidence.append(.init(check: check, passed: false, detail: detail))
        return ValidationReport(failed: reason, evidence: evidence)
    }

    /// Takes over the checks of an examination that passed.
    mutating func append(_ report: ValidationReport) { evidence += report.evidence }

    /// The report of an examination in which nothing failed.
    var passed: ValidationReport { ValidationReport(passed: evidence) }
}

/// Turns a thrown report into the failure side of a result.
func examined<Value>(_ body: () throws(ValidationReport) -> Value) -> Result<Value, ValidationReport> {
    do {
        return .success(try body())
    } catch {
        return .failure(error)
    }
}
