import Contracts
import HTTPTypes
import Hummingbird
import NIOCore
import Portal
import Values
import Web

/// あなたの情報: from the field to the answer.
struct InformationPages: Sendable {
    let web: PortalWeb

    func add(to router: some RouterMethods<SignedIn>) {
        router.get(Address.information) { _, context in context.show(FieldsView().page, in: .information) }
        router.get(Address.field) { _, context, number in
            context.show(KindsView(field: number.field).page, in: .information)
        }
        router.get(Address.kind) { _, context, number in try ask(number.kind, context) }
        router.post(Address.kind) { _, context, number in
            try await answering(number.kind, context) { answer in
                context.show(AnswerView(answer: answer).page, in: .information)
            }
        }
        router.post(Address.kindAsCSV) { _, context, number in
            try await answering(number.kind, context) { answer in
                guard case .documents(let documents) = answer.outcome else {
                    return context.show(AnswerView(answer: answer).page, in: .information)
                }
                return Self.download(InformationCSV(answer.kind, documents))
            }
        }
    }

    // MARK: - The question

    private func ask(_ kind: InformationKind, _ context: SignedIn) throws -> Response {
        let agencies = agencies(of: kind, for: context.citizen)
        let chosen = context.page.query[FieldName.agency]
        let agency = agencies.count == 1 && chosen == nil ? agencies.first : agencies.first { $0.id.text == chosen }
        if chosen != nil, agency == nil { throw WebError(.unknownAddress, "agency") }
        guard let agency else {
            return context.show(AgencyChoiceView(kind: kind, agencies: agencies).page, in: .information)
        }
        return context.show(question(kind, agency, agencies.count).page, in: .information)
    }

    private func question(_ kind: InformationKind, _ agency: Agency, _ agencyCount: Int) -> QuestionView {
        QuestionView(
            kind: kind, agency: agency, agencyCount: agencyCount, today: web.clock.now().civilDate, errors: [])
    }

    private func agencies(of kind: InformationKind, for citizen: SignedInCitizen) -> [Agency] {
        web.service.providers(of: kind.id, for: citizen).map { provider in
            Agency(id: provider.gateway, name: web.name(of: provider.gateway))
        }
    }

    // MARK: - The answer

    /// Reads the question of a form, asks it, and has the answer shown.
    private func answering(
        _ kind: InformationKind, _ context: SignedIn, _ show: (Answer) throws -> Response
    ) async throws -> Response {
        let agencies = agencies(of: kind, for: context.citizen)
        let form = context.page.form
        guard let agency = agencies.first(where: { $0.id.text == form[FieldName.agency] }) else {
            return context.show(AgencyChoiceView(kind: kind, agencies: agencies).page, in: .information)
        }
        var view = question(kind, agency, agencies.count)
        guard let period = form[FieldName.period].flatMap({ try? InformationPeriod($0) }) else {
            view.errors = [FieldError(FieldName.period, InformationTexts.choosePeriod)]
            return context.show(view.page, in: .information)
        }
        return try await context.answering(in: .information, retry: Address.kind(kind, of: agency.id)) {
            let outcome = try await web.service.ownInformation(
                kind.id, period: period, from: agency.id, for: context.citizen)
            return try show(
                Answer(kind: kind, agency: agency, period: period, askedAt: web.clock.now(), outcome: outcome))
        }
    }

    private static func download(_ file: InformationCSV) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8",
                .contentDisposition: "attachment; filename=\"\(file.name)\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
}

extension PortalWeb {
    /// The name under which a page shows an institution.
    func name(of institution: InstitutionID) -> Text {
        let names = service.names(of: institution)
        return Text(ja: names.japanese, en: names.english)
    }
}
