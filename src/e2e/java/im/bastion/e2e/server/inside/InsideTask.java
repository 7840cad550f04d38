// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.inside;

/** Work of a test that runs inside the server's JVM; needs a public constructor without parameters. */
public interface InsideTask {
    /** What the test wants to know; an exception fails the test with its stack trace. */
    String run(String... arguments) throws Exception;
}
