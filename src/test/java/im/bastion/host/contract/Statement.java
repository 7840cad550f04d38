// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

/**
 * One sentence of the contract.
 *
 * @param says the sentence, unique
 * @param check throws AssertionError where the host does otherwise
 */
public record Statement(String says, Check check) {
    /** Tries the sentence on a host. */
    @FunctionalInterface
    public interface Check {
        void on(HostStage stage) throws Exception;
    }

    /** Throws unless the claim is true. */
    static void holds(String claim, boolean isTrue) {
        if (!isTrue) {
            throw new AssertionError("Not so: " + claim);
        }
    }

    /** Throws unless both are equal. */
    static void same(String what, Object expected, Object actual) {
        if (!java.util.Objects.equals(expected, actual)) {
            throw new AssertionError(what + " should be " + expected + " but is " + actual);
        }
    }
}
