// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

/** What became of a submitted form. */
sealed interface Outcome {
    /** It is done, or there was nothing to do: the browser is sent back to the page. */
    record Done(Notice notice) implements Outcome {}

    /**
     * Nothing has changed: the page is shown again, with the form as it was filled in.
     *
     * @param status the HTTP status: 4xx, 5xx, or 200 when the form only tried something
     * @param why in the admin's language
     */
    record Refused(int status, String why) implements Outcome {}
}
