// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

/** Who submits a form, and the words to answer in. */
record Submitter(String admin, Texts texts) {
    Outcome.Refused refuse(int status, String key, Object... arguments) {
        return new Outcome.Refused(status, texts.text(key, arguments));
    }
}
