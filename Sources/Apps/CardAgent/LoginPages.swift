import CardChip
import CardReader
import Contracts
import Hummingbird
import Logging
import Values
import Web

/// The pages of a login: who asks, which card, which PIN, and away.
struct LoginPages: Sendable {
    let register: RequestRegister
    let clock: any NationClock
    let client: PortalClient
    let wallet: Wallet
    let desk: RequestDesk
    let logger: Logger

    func add(to router: Router<PageContext>) {
        router.get(Address.home) { _, context in context.show(HomeView(cards: try await wallet.cards()).page) }
        router.get(Address.refused) { _, _ -> Response in throw AgentError.notFromHere }
        router.get(Address.login) { _, context in try await open(context) }
        router.get(Address.request) { _, context, id in try await chooseCard(id, context) }
        router.post(Address.request) { _, context, id in try await choose(id, context) }
        router.get(Address.pin) { _, context, id in try await enterPin(id, context) }
        router.post(Address.pin) { _, context, id in try await submit(id, context) }
        router.post(Address.cancel) { _, context, id in
            try desk.change(id) { $0.cancel() }
            return away(to: Address.request.path(id), context)
        }
    }

    // MARK: The request

    /// Fetches and checks a request, and puts it on screen in place of the one before.
    private func open(_ context: PageContext) async throws -> Response {
        do throws(AgentError) {
            let id = try await open(
                portal: context.query[Address.portalField], reference: context.query[Address.referenceField])
            logger.info("login request on screen")
            return away(to: Address.request.path(id), context)
        } catch {
            logger.notice("login request refused", metadata: ["reason": "\(error.rawValue)"])
            throw error
        }
    }

    private func open(portal: String?, reference: String?) async throws(AgentError) -> RequestID {
        guard let portal, let reference = reference.flatMap({ try? LoginReference($0) }) else {
            throw .malformedAddress
        }
        let address = try PortalAddress(portal)
        let token = try await client.requestObject(reference, at: address)
        let request = try await register.checked(token, from: address, at: clock.now())
        return desk.open(request, reference: reference, portal: address)
    }

    /// The request of a page while it can still be answered. Throws `replaced`, `expired`, or how it ended.
    private func liveRequest(_ id: RequestID) throws(AgentError) -> OpenRequest {
        let open = try desk.request(id)
        switch open.stage {
        case .ended(.answered): throw .answered
        case .ended(.failed(let error)): throw error
        case .checking: return open
        case .choosing, .entering:
            guard clock.now() < open.request.expiresAt else { throw .expired }
            return open
        }
    }

    // MARK: The card

    private func chooseCard(_ id: RequestID, _ context: PageContext) async throws -> Response {
        let open = try liveRequest(id)
        return context.show(
            ChooseCardView(open, cards: try await wallet.cards(), language: context.language, isUnanswered: false).page)
    }

    private func choose(_ id: RequestID, _ context: PageContext) async throws -> Response {
        let open = try liveRequest(id)
        let cards = try await wallet.cards()
        guard let card = cards.first(where: { $0.name == context.form[ChooseCardView.field] }) else {
            return context.show(
                ChooseCardView(open, cards: cards, language: context.language, isUnanswered: true).page)
        }
        _ = try desk.change(id) { $0.choose(card.name) }
        return away(to: Address.pin.path(id), context)
    }

    // MARK: The PIN

    private func enterPin(_ id: RequestID, _ context: PageContext) async throws -> Response {
        let open = try liveRequest(id)
        switch open.stage {
        case .entering(let name, let notice):
            guard let card = try await wallet.card(name) else { return away(to: Address.request.path(id), context) }
            return context.show(PinView(open, card: card, notice: notice, language: context.language).page)
        case .checking: return context.show(CheckingView(id, language: context.language).page)
        case .choosing, .ended: return away(to: Address.request.path(id), context)
        }
    }

    /// One form, one try at most: the same form again waits for what came of it, and gets the same answer.
    private func submit(_ id: RequestID, _ context: PageContext) async throws -> Response {
        let open = try desk.request(id)
        if case .entering = open.stage { _ = try liveRequest(id) }
        let form = context.form[PinView.numberField].flatMap(Int.init) ?? 0
        switch try desk.change(id, { $0.submit(form: form) }) {
        case .check(let card): await check(card, context.form[PinView.pinField] ?? "", for: open)
        case .noTry: await untilChecked(id)
        }
        if case .ended(.answered(let location)) = try desk.request(id).stage { return .seeOther(location) }
        _ = try liveRequest(id)
        return away(to: Address.pin.path(id), context)
    }

    /// Waits while another submission of this request is with the card or the relying party; 15 seconds at most.
    private func untilChecked(_ id: RequestID) async {
        for _ in 0..<300 {
            guard case .checking? = try? desk.request(id).stage else { return }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Tries the PIN and answers the relying party. What comes of it stands on the desk.
    private func check(_ card: String, _ typed: String, for open: OpenRequest) async {
        guard let pin = try? Pin(typed, for: .authentication) else { return tryAgain(open.id, .malformed) }
        do {
            let signing = try LoginSigning(open.request, at: clock.now())
            let outcome = try await wallet.converse(with: card) { try signing.sign(with: pin, on: $0) }
            await conclude(outcome, for: open)
        } catch {
            logger.notice("card failed", metadata: ["error": "\((error as? CardError)?.code.rawValue ?? "other")"])
            tryAgain(open.id, .cardFailed)
        }
    }

    private func conclude(_ outcome: LoginSigning.Outcome, for open: OpenRequest) async {
        switch outcome {
        case .signed(let evidence):
            logger.info("PIN verified")
            await answer(LoginCallback(reference: open.reference.text, evidence: evidence), for: open)
        case .wrong(let triesLeft):
            logger.notice("PIN refused")
            tryAgain(open.id, .wrong(triesLeft: triesLeft))
        case .locked:
            logger.notice("PIN locked")
            tryAgain(open.id, nil)
        case .noCertificate: tryAgain(open.id, nil)
        }
    }

    /// A request that was replaced while the card signed is not answered: nothing leaves.
    private func answer(_ callback: LoginCallback, for open: OpenRequest) async {
        guard (try? desk.request(open.id)) != nil else { return }
        do throws(AgentError) {
            let handle = try await client.post(callback, to: open.request.callback, at: open.portal)
            end(open.id, .answered(location: "\(open.request.resume)?h=\(handle.handle)"))
            logger.info("login request answered")
        } catch {
            logger.notice("answer not taken", metadata: ["reason": "\(error.rawValue)"])
            end(open.id, .failed(error))
        }
    }

    private func tryAgain(_ id: RequestID, _ notice: PinNotice?) { try? desk.change(id) { $0.tryAgain(notice) } }

    private func end(_ id: RequestID, _ ending: OpenRequest.Ending) { try? desk.change(id) { $0.end(ending) } }

    private func away(to path: String, _ context: PageContext) -> Response {
        .seeOther(Address.inLanguage(path, context.language))
    }
}
