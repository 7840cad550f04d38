// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.report;

import java.util.Locale;

/** What went wrong with sessions, in the vocabulary of RFC 8460 §4.3. */
public enum ResultType {
    STARTTLS_NOT_SUPPORTED,
    CERTIFICATE_HOST_MISMATCH,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_TRUSTED,
    /** Everything else, the reason says what. */
    VALIDATION_FAILURE;

    /** As it stands in a report. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
