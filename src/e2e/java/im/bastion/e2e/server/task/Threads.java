// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server.task;

import im.bastion.e2e.server.inside.InsideTask;
import java.util.stream.Collectors;

/** The live threads, one a line: name, a tab, and the class of the context class loader that it keeps alive. */
public final class Threads implements InsideTask {
    @Override
    public String run(String... arguments) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName() + "\t" + loader(thread))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static String loader(Thread thread) {
        ClassLoader loader = thread.getContextClassLoader();
        return loader == null ? "none" : loader.getClass().getName();
    }
}
