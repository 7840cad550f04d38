// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import javax.servlet.http.HttpServletResponse;

/** Every peer that was seen: a table in pages, narrowed and sorted by its address, and one of them in detail. */
final class PeersPage extends Page {
    private static final long serialVersionUID = 1L;

    PeersPage(ConsoleModel model, Presentation presentation) {
        super("peers", model, presentation);
    }

    @Override
    PeersView view(Frame frame, Form refused) {
        return view(frame, refused, new Form(name -> null));
    }

    @Override
    PeersView view(Frame frame, Form refused, Form address) {
        PeerFilter filter = PeerFilter.of(address);
        if (model().federation() == null) {
            return new PeersView(frame, filter, null, null);
        }
        if (!address.text("domain").isEmpty()) {
            return new PeersView(frame, filter, null, PeerDetail.of(model().federation(), address.text("domain")));
        }
        return new PeersView(
                frame,
                filter,
                Listing.of(filter.apply(model().federation().history().peers().stream()), address.number("page")),
                null);
    }

    @Override
    Outcome act(Form form, Submitter by) {
        return by.refuse(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "bastion.refused.mode");
    }
}
