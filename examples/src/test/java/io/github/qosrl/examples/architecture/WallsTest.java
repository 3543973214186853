package io.github.qosrl.examples.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.google.common.collect.ImmutableList;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The rules of our own making do find what they are to find. */
class WallsTest {
  private static final ArchRule HIDDEN = classes().should(Walls.showNoForeignTypes());

  /** Shows Guava in a field's type argument. */
  static class ShowsInField {
    public List<ImmutableList<String>> field = List.of();
  }

  /** Shows Jackson in a method that heirs see. */
  static class ShowsInMethod {
    protected void write(JsonFactory json) {}
  }

  /** Shows Guava in its interface. */
  abstract static class ShowsInInterface implements Supplier<ImmutableList<String>> {}

  /** Shows nothing: its Guava is private. */
  static class ShowsNothing {
    private final ImmutableList<String> hidden = ImmutableList.of();

    public int size() {
      return hidden.size();
    }
  }

  @Test
  void foreignTypesAreFoundWhereverTheyShow() {
    for (Class<?> type : List.of(ShowsInField.class, ShowsInMethod.class, ShowsInInterface.class)) {
      assertThrows(
          AssertionError.class,
          () -> HIDDEN.check(new ClassFileImporter().importClasses(type)),
          type.getName());
    }
  }

  @Test
  void whatIsPrivateMayBeForeign() {
    HIDDEN.check(new ClassFileImporter().importClasses(ShowsNothing.class));
  }

  @Test
  void wallClocksAreKnown() {
    assertTrue(Walls.wallClock().test(new ClassFileImporter().importClass(Instant.class)));
  }
}
