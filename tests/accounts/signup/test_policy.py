import pytest
from django.core.exceptions import ValidationError

from accounts.models import Mode, SignupPolicy
from accounts.policy import domain_of


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("a@Larkfield.Example", "larkfield.example"),
        ("a@b@larkfield.example", "larkfield.example"),
        ("a@münchen.example", "xn--mnchen-3ya.example"),
        ("a@larkfield.example.", "larkfield.example"),
        ("nothing", ""),
    ],
)
def test_the_domain_of_an_address(email: str, domain: str):
    assert domain_of(email) == (domain or "nothing")


def test_domains_are_tidied_when_saved():
    policy = SignupPolicy(
        mode=Mode.DOMAINS, domains="@Larkfield.example, *.larkfield.example\n\nlab.example;lab.example"
    )
    policy.clean()
    assert policy.domains == "larkfield.example\nlab.example"
    assert policy.decided


@pytest.mark.parametrize(
    "domains", ["", "localhost", "not a domain", "http://larkfield.example", "x" * 300 + ".example"]
)
def test_a_policy_of_domains_needs_domains(domains: str):
    with pytest.raises(ValidationError):
        SignupPolicy(mode=Mode.DOMAINS, domains=domains).clean()


@pytest.mark.parametrize(
    ("email", "admitted"),
    [
        ("ada@larkfield.example", True),
        ("ada@LARKFIELD.example", True),
        ("ada@sub.larkfield.example", False),
        ("ada@larkfield.example.evil.example", False),
        ("ada@evil.example@larkfield.example.evil", False),
    ],
)
def test_only_addresses_of_the_domains_are_admitted(email: str, admitted: bool):
    assert SignupPolicy(mode=Mode.DOMAINS, domains="larkfield.example").admits_address(email) is admitted
