// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.Affiliation;
import im.bastion.host.RoomTraits;
import im.bastion.host.memory.MemoryHost;
import im.bastion.omemo.TestBundle;
import im.bastion.omemo.doctor.Symptom.Kind;
import im.bastion.omemo.doctor.Symptom.Level;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.DeviceList;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;

/** Why can they not encrypt? */
class DoctorTest {
    private static final OmemoGeneration NEW = OmemoGeneration.OMEMO_2;
    private static final OmemoGeneration OLD = OmemoGeneration.LEGACY;

    private final MemoryHost host = new MemoryHost();
    private final Doctor doctor =
            new Doctor(new KeysReader(host.pep(), host.users(), host.domain()), host.pep(), host.rooms());
    private JID romeo;
    private JID juliet;

    @BeforeEach
    void register() {
        romeo = host.users().register("romeo");
        juliet = host.users().register("juliet");
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void list(JID account, OmemoGeneration generation, Integer... devices) {
        String node = OmemoNode.devices(generation);
        configure(account, node, "open", "1", "1");
        host.pep()
                .publish(
                        account,
                        node,
                        "current",
                        new DeviceList(
                                        generation,
                                        Arrays.stream(devices)
                                                .map(id -> new DeviceList.Device(id, "", ""))
                                                .toList())
                                .toElement());
    }

    private void bundle(JID account, OmemoGeneration generation, int device) {
        bundle(
                account,
                generation,
                device,
                TestBundle.of(generation, device, 100).toElement());
    }

    private void bundle(JID account, OmemoGeneration generation, int device, Element payload) {
        boolean old = generation == OLD;
        String node = old ? OmemoNode.legacyBundles(device) : OmemoNode.bundles(generation);
        configure(account, node, "open", "1", old ? "1" : "256");
        host.pep().publish(account, node, old ? "current" : String.valueOf(device), payload);
    }

    private void configure(JID account, String node, String access, String persist, String items) {
        host.pep()
                .configure(
                        account,
                        node,
                        Map.of(
                                "pubsub#access_model", access,
                                "pubsub#persist_items", persist,
                                "pubsub#max_items", items));
    }

    private static List<Kind> kinds(List<Symptom> symptoms) {
        return symptoms.stream().map(Symptom::kind).toList();
    }

    private static Symptom only(List<Symptom> symptoms, Kind kind) {
        List<Symptom> found = symptoms.stream().filter(s -> s.kind() == kind).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void anAccountInOrderHasNothingButFine() {
        list(juliet, NEW, 1, 2);
        bundle(juliet, NEW, 1);
        bundle(juliet, NEW, 2);

        List<Symptom> seen = doctor.account(juliet);

        assertThat(kinds(seen))
                .containsExactly(Kind.ACCOUNT_EXISTS, Kind.LIST_FOUND, Kind.NODES_RIGHT, Kind.BUNDLES_USABLE);
        assertThat(seen).allMatch(s -> s.kind().level() == Level.FINE && s.remedy() == null);
        assertThat(only(seen, Kind.BUNDLES_USABLE).facts()).containsExactly("2");
    }

    @Test
    void whoHasNeverTurnedOmemoOnHasNoList() {
        assertThat(kinds(doctor.account(juliet))).containsExactly(Kind.ACCOUNT_EXISTS, Kind.LIST_MISSING);
    }

    @Test
    void ofSomebodyElsewhereNothingIsClaimed() {
        assertThat(kinds(doctor.account(new JID("benvolio@elsewhere.example"))))
                .containsExactly(Kind.ACCOUNT_ELSEWHERE);
        assertThat(kinds(doctor.account(new JID("nobody", host.domain(), null))))
                .containsExactly(Kind.ACCOUNT_MISSING);
    }

    @Test
    void wrongNodesAreNamedWithWhatRepairsThem() {
        list(juliet, NEW, 1, 2);
        bundle(juliet, NEW, 1);
        bundle(juliet, NEW, 2);
        configure(juliet, OmemoNode.devices(NEW), "presence", "0", "1");
        configure(juliet, OmemoNode.bundles(NEW), "open", "1", "1");

        List<Symptom> seen = doctor.account(juliet);

        assertThat(kinds(seen)).contains(Kind.NODE_CLOSED, Kind.NODE_FORGETS, Kind.NODE_TOO_SMALL);
        assertThat(only(seen, Kind.NODE_CLOSED).facts()).containsExactly(OmemoNode.devices(NEW), "presence");
        assertThat(only(seen, Kind.NODE_TOO_SMALL).remedy())
                .isEqualTo(new Remedy.RepairNode(juliet, OmemoNode.bundles(NEW)));
    }

    @Test
    void aListedDeviceWithoutBundleCanBeHidden() {
        list(juliet, OLD, 7, 8);
        bundle(juliet, OLD, 8);

        List<Symptom> seen = doctor.account(juliet);

        assertThat(only(seen, Kind.BUNDLE_MISSING).remedy()).isEqualTo(new Remedy.HideDevice(juliet, OLD, 7));
        assertThat(kinds(seen)).contains(Kind.BUNDLES_USABLE);
    }

    @Test
    void withoutAnyBundleNobodyCanEncrypt() {
        list(juliet, OLD, 7);

        assertThat(kinds(doctor.account(juliet))).contains(Kind.BUNDLE_MISSING, Kind.NO_BUNDLE_USABLE);
    }

    @Test
    void aBundleNoClientCanUseIsToldWithTheReason() {
        list(juliet, NEW, 1);
        Bundle good = TestBundle.of(NEW, 1, 100);
        Bundle forged = new Bundle(
                NEW,
                good.signedPreKeyId(),
                TestBundle.of(NEW, 2, 100).signedPreKey(),
                good.signature(),
                good.identityKey(),
                good.preKeys());
        bundle(juliet, NEW, 1, forged.toElement());

        List<Symptom> seen = doctor.account(juliet);

        assertThat(only(seen, Kind.BUNDLE_UNUSABLE).facts())
                .containsExactly(
                        "1",
                        "urn:xmpp:omemo:2",
                        only(seen, Kind.BUNDLE_UNUSABLE).facts().get(2));
        assertThat(only(seen, Kind.BUNDLE_UNUSABLE).facts().get(2)).contains("spks", "XEP-0384");
    }

    @Test
    void keysWithoutAPlaceOnTheListAreFound() {
        list(juliet, NEW, 1);
        bundle(juliet, NEW, 1);
        bundle(juliet, NEW, 9);

        assertThat(only(doctor.account(juliet), Kind.BUNDLE_UNLISTED).facts()).containsExactly("9", "urn:xmpp:omemo:2");
    }

    @Test
    void twoWhoSpeakNoCommonGenerationCannotTalk() {
        list(romeo, OLD, 1);
        bundle(romeo, OLD, 1);
        list(juliet, NEW, 2);
        bundle(juliet, NEW, 2);

        List<Symptom> seen = doctor.pair(romeo, juliet);

        assertThat(only(seen, Kind.NO_COMMON_GENERATION).facts()).containsExactly(OLD.namespace(), NEW.namespace());
        list(romeo, NEW, 1);
        bundle(romeo, NEW, 1);
        assertThat(only(doctor.pair(romeo, juliet), Kind.COMMON_GENERATION).facts())
                .containsExactly(NEW.namespace());
    }

    @Test
    void whoIsNotToldOfChangesIsFound() {
        list(juliet, NEW, 2);
        bundle(juliet, NEW, 2);
        host.users().connect(romeo, "phone");

        assertThat(kinds(doctor.pair(romeo, juliet))).contains(Kind.HEARS_NOTHING);
        host.pep().subscribe(romeo, juliet, OmemoNode.devices(NEW));
        assertThat(kinds(doctor.pair(romeo, juliet)))
                .contains(Kind.HEARS_OF_CHANGES)
                .doesNotContain(Kind.HEARS_NOTHING);
    }

    @Test
    void aRoomIsAskedForItsFormAndEachMemberForItsKeys() {
        JID room = host.rooms().create("orchard", juliet);
        host.rooms().affiliate(room, romeo, Affiliation.MEMBER);
        host.rooms().affiliate(room, new JID("benvolio@elsewhere.example"), Affiliation.MEMBER);
        list(juliet, NEW, 2);
        bundle(juliet, NEW, 2);
        host.rooms().configure(room, new RoomTraits("orchard", false, true, true, true, true));

        List<Symptom> seen = doctor.room(room);

        assertThat(kinds(seen))
                .containsExactlyInAnyOrder(
                        Kind.ROOM_SHOWS_ADDRESSES,
                        Kind.ROOM_MEMBERS_ONLY,
                        Kind.MEMBER_READY,
                        Kind.MEMBER_NOT_READY,
                        Kind.MEMBER_ELSEWHERE);
        assertThat(only(seen, Kind.MEMBER_NOT_READY).about()).isEqualTo(romeo);
    }

    @Test
    void aRoomThatHidesAddressesOrIsOpenCannotBeEncryptedWell() {
        JID room = host.rooms().create("square", juliet);
        host.rooms().configure(room, new RoomTraits("square", false, false, false, true, true));

        assertThat(kinds(doctor.room(room))).contains(Kind.ROOM_HIDES_ADDRESSES, Kind.ROOM_OPEN_TO_ALL);
        assertThat(kinds(doctor.room(new JID("nowhere@conference." + host.domain()))))
                .containsExactly(Kind.ROOM_MISSING);
    }

    @Test
    void ofAVeryLargeRoomOnlySomeMembersAreAsked() {
        JID room = host.rooms().create("crowd", juliet);
        for (int i = 0; i < Doctor.MAX_MEMBERS + 4; i++) {
            host.rooms().affiliate(room, new JID("user" + i, "elsewhere.example", null), Affiliation.MEMBER);
        }

        List<Symptom> seen = doctor.room(room);

        assertThat(seen).hasSize(Doctor.MAX_MEMBERS + 3);
        assertThat(only(seen, Kind.MEMBERS_LEFT_OUT).facts()).containsExactly("5");
    }
}
