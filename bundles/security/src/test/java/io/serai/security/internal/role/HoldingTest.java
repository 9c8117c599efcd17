package io.serai.security.internal.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.Test;

/** What is held, compared with what is to be given. */
public class HoldingTest {
    @Test
    public void eachBuiltInRoleHoldsTheOnesBeforeItAndNotTheNext() {
        List<String> roles = List.of("viewer", "operator", "developer", "admin");
        for (int one = 0; one < roles.size(); one++) {
            for (int other = 0; other < roles.size(); other++) {
                assertThat(holds(List.of(role(roles.get(one))), role(roles.get(other))))
                        .as(roles.get(one) + " holds " + roles.get(other))
                        .isEqualTo(other <= one);
            }
        }
        assertThat(new Holding(List.of(role("admin")), List.of()).isEverything())
                .isTrue();
        assertThat(new Holding(List.of(role("developer")), List.of()).isEverything())
                .isFalse();
    }

    @Test
    public void whatALimitedTokenHoldsIsWhatBothPermit() {
        List<Role> admin = List.of(role("admin"));
        List<Role> developer = List.of(role("developer"));
        assertThat(new Holding(admin, developer).beyond(developer)).isEmpty();
        assertThat(new Holding(admin, developer).beyond(admin)).isPresent();
        assertThat(new Holding(developer, admin).beyond(admin)).isPresent();
    }

    @Test
    public void kindsThatAreLeftOutAndNamesCount() {
        Role most = role(Set.of("*", "!user"), Set.of("write"));
        assertThat(holds(List.of(most), role(Set.of("artifact", "whatever"), Set.of("write"))))
                .isTrue();
        assertThat(holds(List.of(most), role(Set.of("*", "!user", "!role"), Set.of("write"))))
                .isTrue();
        assertThat(holds(List.of(most), role(Set.of("*"), Set.of("write")))).isFalse();
        assertThat(holds(List.of(most), role(Set.of("*", "!role"), Set.of("write"))))
                .isFalse();
        assertThat(holds(List.of(most, role(Set.of("user"), Set.of("write"))), role(Set.of("*"), Set.of("write"))))
                .isTrue();
        assertThat(holds(List.of(most), role(Set.of("artifact"), Set.of("*")))).isFalse();
        assertThat(holds(List.of(most), role(Set.of("artifact"), Set.of("write"), "a*")))
                .isTrue();
        Role some = role(Set.of("artifact"), Set.of("write"), "a*", "b");
        assertThat(holds(List.of(some), role(Set.of("artifact"), Set.of("write"), "ab*c", "b")))
                .isTrue();
        assertThat(holds(List.of(some), role(Set.of("artifact"), Set.of("write"), "a*", "?")))
                .isFalse();
        assertThat(holds(List.of(some), role(Set.of("artifact"), Set.of("write"))))
                .isFalse();
    }

    /** Tries patterns of two characters on all names up to six: none that is said to contain another misses one of its names. */
    @Test
    public void aPatternContainsOnlyWhatItMatchesAllOf() {
        List<String> names = new ArrayList<>(List.of(""));
        for (int at = 0; names.get(at).length() < 6; at++) {
            for (String next : List.of("a", "b", "c")) {
                names.add(names.get(at) + next);
            }
        }
        Random random = new Random(7);
        int contained = 0;
        for (int round = 0; round < 3_000; round++) {
            Wildcard one = pattern(random);
            Wildcard other = pattern(random);
            if (one.contains(other.pattern())) {
                contained++;
                List<String> missed = names.stream()
                        .filter(name -> other.matches(name) && !one.matches(name))
                        .toList();
                assertThat(missed).as(one + " contains " + other).isEmpty();
            }
        }
        assertThat(contained).isGreaterThan(100);
    }

    private static Wildcard pattern(Random random) {
        StringBuilder pattern = new StringBuilder();
        for (int length = random.nextInt(5); length > 0; length--) {
            pattern.append("ab*?".charAt(random.nextInt(4)));
        }
        return new Wildcard(pattern.toString());
    }

    private static boolean holds(List<Role> held, Role wanted) {
        return new Holding(held, List.of()).beyond(List.of(wanted)).isEmpty();
    }

    private static Role role(Set<String> kinds, Set<String> verbs, String... names) {
        return new Role("", List.of(new Permission(kinds, verbs, Set.of(names))), Set.of());
    }

    private static Role role(String builtIn) {
        return Objects.requireNonNull(BuiltInRoles.all().get(builtIn), builtIn);
    }
}
