// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.federation;

import im.bastion.e2e.peer.Face;
import im.bastion.e2e.peer.Trick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One row of the table in docs/federation-verdicts.md.
 *
 * @param peer "prosody", "ejabberd" or "script"
 * @param does the label of a {@link Face} or, of the script, of a {@link Trick}
 * @param to what becomes of stanzas to it
 * @param from what becomes of stanzas from it
 */
record VerdictRow(String peer, String does, String to, String from) {
    private static final String NOT_PLAYED = "–";
    private static final String PASSES_ON_FOUR_TWO = "passes on 4.2";

    static List<VerdictRow> all() throws IOException {
        return Files.readAllLines(Path.of("docs/federation-verdicts.md")).stream()
                .filter(line -> line.matches("\\| (prosody|ejabberd|script) \\|.*"))
                .map(line -> line.split("\\|"))
                .map(cell -> new VerdictRow(cell[1].strip(), cell[2].strip(), cell[3].strip(), cell[4].strip()))
                .toList();
    }

    /** The names of all rows that there must be. */
    static List<String> playable() {
        List<String> names = new ArrayList<>();
        for (Face face : Face.values()) {
            names.add("prosody: " + face.label());
            names.add("ejabberd: " + face.label());
        }
        for (Trick trick : Trick.values()) {
            names.add("script: " + trick.label());
        }
        return names;
    }

    /** What becomes of stanzas to it, from a server of that generation. */
    String to(boolean fourTwo) {
        return to.equals(PASSES_ON_FOUR_TWO) ? fourTwo ? "passes" : "refused" : to;
    }

    boolean scripted() {
        return peer.equals("script");
    }

    boolean isPlayedTo() {
        return !to.equals(NOT_PLAYED);
    }

    boolean isPlayedFrom() {
        return !from.equals(NOT_PLAYED);
    }

    /** The domain of a real server; a script gets a new one each time. */
    String domain() {
        return does + "." + peer + ".test";
    }

    Trick trick() {
        return Arrays.stream(Trick.values())
                .filter(trick -> trick.label().equals(does))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return peer + ": " + does;
    }
}
