// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.moderation.content.ListedPhraseRule;
import im.bastion.moderation.rule.Definition.Field;
import im.bastion.moderation.rule.Definition.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DefinitionTest {
    @Test
    void anErrorNamesTheFieldAndTheRange() {
        Definition definition = RuleStage.definition("{'count':11,'inner':{'seconds':-1},'half':1.5}");
        assertThatThrownBy(() -> definition.integer("count", 1, 0, 10))
                .isInstanceOf(BrokenDefinition.class)
                .hasMessage("\"count\" must be a whole number of 0 to 10");
        assertThatThrownBy(() -> definition.object("inner").seconds("seconds", Duration.ZERO, 0, 60))
                .hasMessage("\"inner.seconds\" must be whole seconds of 0 to 60");
        assertThatThrownBy(() -> definition.integer("half", 1, 0, 10)).hasMessageContaining("whole number");
    }

    @Test
    void aMisspeltFieldIsAnErrorThatNamesTheRightOnes() throws BrokenDefinition {
        Definition definition = RuleStage.definition("{'maxx':3}");
        definition.integer("max", 1, 0, 10);
        assertThatThrownBy(definition::requireAllKnown)
                .hasMessage("\"maxx\" must be left out: rules of this type have no such field, only max");
    }

    @Test
    void noTypeHasAFieldOfItsOwnThatIsNamedLikeOneOfTheScope() throws BrokenDefinition {
        Definition scope = Definition.sketch();
        RuleScope read = RuleScope.read(scope);
        assertThat(read).isNotNull();
        java.util.List<String> names = scope.fields().stream().map(Field::name).toList();
        for (RuleType type : im.bastion.moderation.book.RuleTypes.ALL) {
            assertThat(type.fields()).extracting(Field::name).doesNotHaveDuplicates();
            Definition own = Definition.sketch();
            try {
                assertThat(type.reader().read(own)).isNotNull();
            } catch (BrokenDefinition e) {
                // It has been asked for its fields all the same.
            }
            assertThat(own.fields()).as(type.name()).extracting(Field::name).doesNotContainAnyElementsOf(names);
        }
    }

    @Test
    void aTypeKnowsTheFieldsOfItsDefinitions() {
        assertThat(ListedPhraseRule.TYPE.fields())
                .contains(
                        new Field("members", Kind.FLAG, "false", "true or false", java.util.List.of()),
                        new Field(
                                "role",
                                Kind.CHOICE,
                                "any",
                                "one of any, participant, visitor",
                                java.util.List.of("any", "participant", "visitor")))
                .extracting(Field::name)
                .contains("rooms", "newcomersForSeconds", "phrases");
    }
}
