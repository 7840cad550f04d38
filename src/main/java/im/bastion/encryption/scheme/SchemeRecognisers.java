// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

import java.util.List;

/** All recognisers, in the order in which they look; no two of them take the same child for theirs. */
public final class SchemeRecognisers {
    /** One for each {@link Scheme}. */
    public static final List<SchemeRecogniser> ALL = List.of(
            new OmemoRecogniser(Scheme.OMEMO_LEGACY),
            new OmemoRecogniser(Scheme.OMEMO_1),
            new OmemoRecogniser(Scheme.OMEMO_2),
            new OxRecogniser(),
            new OtrRecogniser(),
            new PgpRecogniser());

    private SchemeRecognisers() {}
}
