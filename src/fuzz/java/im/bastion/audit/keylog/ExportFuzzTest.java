// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;

/** Whatever a file that claims to be an exported log or proof holds: it is judged, or refused in the one way allowed. */
class ExportFuzzTest {
    @FuzzTest
    void anyFileIsJudgedOrRefused(byte[] content) throws IOException {
        String text = new String(content, ISO_8859_1);
        Findings findings = new Findings();
        try {
            ExportLines lines = new ExportLines(new StringReader(text));
            if (!lines.next()) {
                return;
            }
            if (lines.text().equals(Export.PROOF)) {
                AccountProof.read(lines).verify(findings, List.of(), null);
            } else {
                new LogVerification(findings, List.of(), null, null).verify(lines);
            }
        } catch (IllegalArgumentException e) {
            return;
        }
        if (findings.lines().stream().anyMatch(line -> line.chars().anyMatch(Character::isISOControl))) {
            throw new AssertionError("A finding could steer a terminal");
        }
    }

    @FuzzTest
    void anyNoteIsAHeadOrRefused(byte[] content) {
        try {
            SignedHead head = SignedHead.parse(new String(content, UTF_8));
            if (!SignedHead.parse(head.toText()).equals(head)) {
                throw new AssertionError("Not the same again: " + head);
            }
        } catch (IllegalArgumentException e) {
            // The only way it may refuse.
        }
    }
}
