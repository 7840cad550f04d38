// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import java.util.Map;
import java.util.Objects;

/**
 * What a test found at one address of one place.
 *
 * @param address as text, without a name; empty when the place has none
 * @param fault why it got no further, as the rest of a sentence; empty when nothing stopped it
 * @param features of the stream before TLS, or over it when TLS comes first; null when there were none
 * @param tls null without a handshake
 * @param external whether SASL EXTERNAL is offered to this server's certificate
 * @param dialbackOffered on the encrypted stream
 * @param offers what became of each offer; empty when this address was not asked
 */
public record Endpoint(
        SrvTarget target,
        String address,
        Stage stage,
        String fault,
        StreamFeatures features,
        TlsFacts tls,
        boolean external,
        boolean dialbackOffered,
        DialbackAnswer dialback,
        Map<TlsOffer, OfferAnswer> offers,
        Association dane,
        Association posh) {
    public Endpoint {
        Objects.requireNonNull(target);
        Objects.requireNonNull(address);
        Objects.requireNonNull(stage);
        Objects.requireNonNull(fault);
        Objects.requireNonNull(dialback);
        Objects.requireNonNull(dane);
        Objects.requireNonNull(posh);
        offers = Map.copyOf(offers);
    }

    /** One that no connection came about with. */
    public static Endpoint unreached(SrvTarget target, String address, Stage stage, String why) {
        return new Endpoint(
                target,
                address,
                stage,
                why,
                null,
                null,
                false,
                false,
                DialbackAnswer.NOT_ASKED,
                Map.of(),
                Association.NONE,
                Association.NONE);
    }

    /** With what was found out later. */
    public Endpoint with(Map<TlsOffer, OfferAnswer> answers, Association byDane, Association byPosh) {
        return new Endpoint(
                target,
                address,
                stage,
                fault,
                features,
                tls,
                external,
                dialbackOffered,
                dialback,
                answers,
                byDane,
                byPosh);
    }

    /** With another account of the handshake. */
    public Endpoint with(TlsFacts other) {
        return new Endpoint(
                target,
                address,
                stage,
                fault,
                features,
                other,
                external,
                dialbackOffered,
                dialback,
                offers,
                dane,
                posh);
    }

    /** Whether the offer was taken. */
    public boolean accepts(TlsOffer offer) {
        OfferAnswer answer = offers.get(offer);
        return answer != null && answer.isAccepted();
    }
}
