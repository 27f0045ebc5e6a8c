import Contracts
import NumberContracts
import PortableSQL
import Values
public import Wire

// The way to a person's code (符号取得; 番号法21条の2), one message of the outbox after the other:
// gateway opens → number authority is sent the number → gateway collects.
extension AgencyRegisterService {
    /// Delivers what the register has to say, and walks each person's acquisition on.
    public func relay() -> OutboxRelay {
        OutboxRelay(
            database: database, network: network,
            replies: [
                AgencyContract.openAcquisition.name: { try submit($0, $1, $2) },
                NumberContract.submitAcquisition.name: { message, _, writer in try collect(message, writer) },
                AgencyContract.collectCode.name: { message, _, writer in try link(message, writer) },
            ],
            refusals: [
                NumberContract.submitAcquisition.name: { try beginAgain($0, after: $1, $2) },
                AgencyContract.collectCode.name: { try beginAgain($0, after: $1, $2) },
            ],
            now: { [clock] in clock.now().microseconds }, logger: logger)
    }

    private func submit(_ message: OutboxMessage, _ answer: [UInt8], _ writer: SQLWriter) throws {
        let opened = try WireJSON.decode(OpenedAcquisition.self, from: answer)
        let id = try AgencyPersonID(message.subject)
        guard try writer.setLink(.submitted, from: .opening, of: id), let person = try writer.person(id) else { return }
        let body = SubmitAcquisition(acquisition: opened.acquisition, number: NumberField(person.number))
        try tell(NumberContract.submitAcquisition, body, id, to: .numberAuthority, writer)
    }

    private func collect(_ message: OutboxMessage, _ writer: SQLWriter) throws {
        let submitted = try WireJSON.decode(SubmitAcquisition.self, from: message.body)
        let id = try AgencyPersonID(message.subject)
        guard try writer.setLink(.collecting, from: .submitted, of: id) else { return }
        let body = CollectPersonCode(person: id, acquisition: submitted.acquisition)
        try tell(AgencyContract.collectCode, body, id, writer)
    }

    private func link(_ message: OutboxMessage, _ writer: SQLWriter) throws {
        let id = try AgencyPersonID(message.subject)
        guard try writer.setLink(.linked, from: .collecting, of: id) else { return }
        for document in try writer.records(of: id) {
            try tell(AgencyContract.storeCopy, StoreCopy(person: id, document: document), id, writer)
        }
    }

    /// An acquisition that has expired on the way is opened anew; any other refusal is tried again later.
    private func beginAgain(_ message: OutboxMessage, after problem: Problem, _ writer: SQLWriter) throws -> Bool {
        guard problem.code == Problem.acquisitionGoneCode else { return false }
        let id = try AgencyPersonID(message.subject)
        let from: LinkState = message.endpoint == AgencyContract.collectCode.name ? .collecting : .submitted
        guard try writer.setLink(.opening, from: from, of: id) else { return true }
        try tell(AgencyContract.openAcquisition, OpenPersonAcquisition(person: id), id, writer)
        return true
    }
}
