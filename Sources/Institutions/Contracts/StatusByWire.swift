public import JPKIValidation
public import Values
public import Wire

extension JPKIValidator {
    /// Verifies a login with the certificate's status as the certification service tells it now.
    ///
    /// - Returns: the verified login, or the report of what failed; a status that could not be had is INDETERMINATE.
    public func verify(
        _ evidence: LoginEvidence, expecting expected: LoginExpectation, askingBy client: EndpointClient,
        at now: Instant
    ) async -> Result<VerifiedLogin, ValidationReport> {
        switch makeStatusRequest(for: evidence.certificate) {
        case .failure(let report): return .failure(report)
        case .success(let request):
            let status = await status(of: request, askingBy: client, at: now)
            return status.flatMap { verify(evidence, expecting: expected, status: $0, at: now) }
        }
    }

    private func status(
        of request: StatusRequest, askingBy client: EndpointClient, at now: Instant
    ) async -> Result<CertificateStatusEvidence?, ValidationReport> {
        let inquiry = StatusInquiry(request: ContractBytes(request.der))
        guard
            let answer = try? await client.call(
                CertificationContract.status, of: InstitutionID.jpki.text, inquiry, timeout: .seconds(5))
        else { return .success(nil) }
        return checkStatus(response: answer.response.bytes, context: request.context, at: now).map { $0 }
    }
}
