// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import im.bastion.host.HostException;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.openfire.compat.Probe;
import java.security.cert.Certificate;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jivesoftware.openfire.SessionManager;
import org.jivesoftware.openfire.StreamID;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.session.DomainPair;
import org.jivesoftware.openfire.session.IncomingServerSession;
import org.jivesoftware.openfire.session.LocalSession;
import org.jivesoftware.openfire.session.OutgoingServerSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class OpenfireServerSessionsTest {
    private static final DomainPair PAIR = new DomainPair("home.test", "peer.test");

    /** A set that another thread is writing to. */
    private static final class Changing extends HashSet<DomainPair> {
        private static final long serialVersionUID = 1L;

        @Override
        public Stream<DomainPair> stream() {
            throw new ConcurrentModificationException();
        }
    }

    private final XMPPServer server = mock(XMPPServer.class);
    private final SessionManager manager = mock(SessionManager.class);
    private final OutgoingServerSession outgoing = session(OutgoingServerSession.class);
    private final IncomingServerSession incoming = session(IncomingServerSession.class);
    private Probe probe;
    private OpenfireServerSessions sessions;

    /** Of this node: Openfire's local sessions share a class. */
    private static <T> T session(Class<T> type) {
        return type.cast(mock(LocalSession.class, withSettings().extraInterfaces(type)));
    }

    @BeforeEach
    void bind() {
        when(server.getSessionManager()).thenReturn(manager);
        when(outgoing.getOutgoingDomainPairs()).thenReturn(List.of(PAIR));
        when(incoming.getValidatedDomains()).thenReturn(List.of("peer.test"));
        when(incoming.getLocalDomain()).thenReturn("home.test");
        probe = new Probe(getClass().getClassLoader());
        sessions = new OpenfireServerSessions(server, probe);
    }

    @Test
    void aClassThatCannotBeLinkedIsAMissingCapabilityAndNoCrash() {
        // The tests have not everything that 4.2's socket connection mentions.
        assertThat(probe.missingFor("federation").id()).isEqualTo("s2s.tls-protocol");
    }

    @Test
    void aSessionKeepsItsNameAndAnotherWithTheSameStreamIdHasItsOwn() {
        StreamID chosenByThePeer = mock(StreamID.class);
        OutgoingServerSession second = session(OutgoingServerSession.class);
        when(outgoing.getStreamID()).thenReturn(chosenByThePeer);
        when(second.getStreamID()).thenReturn(chosenByThePeer);

        assertThat(sessions.of(outgoing)).isSameAs(sessions.of(outgoing));
        assertThat(sessions.of(second).id()).isNotEqualTo(sessions.of(outgoing).id());
    }

    @Test
    void readsBothEndsAndTheTerms() {
        when(outgoing.getCipherSuiteName()).thenReturn("TLS_AES_256_GCM_SHA384");
        when(outgoing.isUsingServerDialback()).thenReturn(false);
        ServerSession session = sessions.of(outgoing);

        assertThat(session.direction()).isEqualTo(Direction.OUTGOING);
        assertThat(session.localDomains()).containsExactly("home.test");
        assertThat(session.remoteDomains()).containsExactly("peer.test");
        assertThat(session.encrypted()).isTrue();
        assertThat(session.authentication()).isEqualTo(Authentication.EXTERNAL);
        assertThat(sessions.of(incoming).direction()).isEqualTo(Direction.INCOMING);
        assertThat(sessions.of(incoming).localDomains()).containsExactly("home.test");
    }

    @Test
    void aSuiteThatEncryptsNothingIsNotEncryption() {
        ServerSession session = sessions.of(outgoing);
        for (String suite : List.of("NONE", "SSL_NULL_WITH_NULL_NULL", "TLS_RSA_WITH_NULL_SHA256")) {
            when(outgoing.getCipherSuiteName()).thenReturn(suite);
            assertThat(session.encrypted()).as(suite).isFalse();
        }
    }

    @Test
    void whateverTheHostThrowsBecomesOneKindOfException() {
        ServerSession session = sessions.of(outgoing);
        when(outgoing.getPeerCertificates()).thenThrow(new NullPointerException());
        when(outgoing.getCipherSuiteName()).thenThrow(new ClassCastException());

        assertThatThrownBy(session::peerCertificates).isInstanceOf(HostException.class);
        assertThatThrownBy(session::encrypted).isInstanceOf(HostException.class);
        assertThatThrownBy(session::distrust).isInstanceOf(HostException.class);
        assertThatThrownBy(session::tlsProtocol).isInstanceOf(HostException.class);
    }

    @Test
    void aCertificateOfAnotherKindIsNotTakenForNone() {
        when(outgoing.getPeerCertificates()).thenReturn(new Certificate[] {mock(Certificate.class)});

        assertThatThrownBy(sessions.of(outgoing)::peerCertificates).isInstanceOf(HostException.class);
    }

    @Test
    void domainsThatChangeWhileTheyAreReadAreReadAgain() {
        Collection<DomainPair> changing = new Changing();
        when(outgoing.getOutgoingDomainPairs()).thenReturn(changing).thenReturn(List.of(PAIR));

        assertThat(sessions.of(outgoing).remoteDomains()).containsExactly("peer.test");

        when(outgoing.getOutgoingDomainPairs()).thenReturn(changing);
        assertThatThrownBy(sessions.of(outgoing)::remoteDomains).isInstanceOf(HostException.class);
    }

    @Test
    void listsLiveLocalSessionsOnce() {
        DomainPair second = new DomainPair("home.test", "second.test");
        DomainPair elsewhere = new DomainPair("home.test", "elsewhere.test");
        DomainPair gone = new DomainPair("home.test", "gone.test");
        when(manager.getIncomingServers()).thenReturn(List.of("peer.test"));
        when(manager.getIncomingServerSessions("peer.test")).thenReturn(List.of(incoming));
        when(manager.getOutgoingDomainPairs()).thenReturn(List.of(PAIR, second, elsewhere, gone));
        when(manager.getOutgoingServerSession(PAIR)).thenReturn(outgoing);
        when(manager.getOutgoingServerSession(second)).thenReturn(outgoing);
        OutgoingServerSession ofAnotherNode = mock(OutgoingServerSession.class);
        when(manager.getOutgoingServerSession(elsewhere)).thenReturn(ofAnotherNode);

        assertThat(sessions.all()).containsExactlyInAnyOrder(sessions.of(incoming), sessions.of(outgoing));
    }

    @Test
    void closingTellsThePeerWhyOnAnotherThread() {
        sessions.of(outgoing).close("only with TLS & a valid certificate");

        InOrder order = inOrder(outgoing);
        verify(outgoing, timeout(10_000)).close();
        order.verify(outgoing).deliverRawText(contains("policy-violation"));
        order.verify(outgoing).close();
    }

    @Test
    void aPeerThatCannotBeToldIsClosedAllTheSame() {
        doThrow(new IllegalStateException("gone")).when(outgoing).deliverRawText(contains("policy-violation"));

        sessions.of(outgoing).close("reason");

        verify(outgoing, timeout(10_000)).close();
    }
}
