// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.same;

import im.bastion.host.Properties;
import im.bastion.host.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What {@link Properties} promises. */
@SuppressWarnings("try") // The subscription matters for its length alone.
final class PropertiesContract {
    private static final String KEY = "plugin.bastion.contract.key";

    static final List<Statement> STATEMENTS = List.of(
            new Statement("a property that is not set is null", PropertiesContract::unset),
            new Statement("a property holds what was set until null deletes it", PropertiesContract::setAndDelete),
            new Statement("a listener hears key and value of each change", PropertiesContract::listener),
            new Statement("a closed listener hears nothing, and may be closed again", PropertiesContract::closed));

    private PropertiesContract() {}

    private static void unset(HostStage stage) {
        same("the value", null, stage.host().properties().get("plugin.bastion.contract.never-set"));
    }

    private static void setAndDelete(HostStage stage) {
        Properties properties = stage.host().properties();
        properties.set(KEY, "one");
        same("the value", "one", properties.get(KEY));
        properties.set(KEY, "two");
        same("the value", "two", properties.get(KEY));
        properties.set(KEY, null);
        same("the value", null, properties.get(KEY));
    }

    private static void listener(HostStage stage) {
        List<String> heard = new CopyOnWriteArrayList<>();
        Properties properties = stage.host().properties();
        try (Subscription listening = properties.onChange((key, value) -> note(heard, key, value))) {
            properties.set(KEY, "one");
            properties.set(KEY, null);
        }
        same("what was heard", List.of("one", "null"), heard);
    }

    private static void closed(HostStage stage) {
        List<String> heard = new CopyOnWriteArrayList<>();
        Properties properties = stage.host().properties();
        Subscription listening = properties.onChange((key, value) -> note(heard, key, value));
        listening.close();
        listening.close();
        properties.set(KEY, "one");
        properties.set(KEY, null);
        same("what was heard", List.of(), heard);
    }

    private static void note(List<String> heard, String key, String value) {
        if (key.equals(KEY)) {
            heard.add(String.valueOf(value));
        }
    }
}
