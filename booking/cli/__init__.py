"""The operators' door: ``ateliers``."""

from booking.cli.accounts import add_staff, link, reset_factor, token
from booking.cli.audit import audit
from booking.cli.backups import backup, restore, vacuum
from booking.cli.check import check
from booking.cli.demo import demo
from booking.cli.doctor import doctor
from booking.cli.exports import export
from booking.cli.figures import figures
from booking.cli.imports import import_
from booking.cli.jobs import jobs
from booking.cli.list_imports import history, people
from booking.cli.migrate import migrate
from booking.cli.moving import export_all, import_all
from booking.cli.partner_imports import partners
from booking.cli.privacy import privacy
from booking.cli.receipts import receipts
from booking.cli.replies import reply
from booking.cli.sentences import Door
from booking.cli.serving import serve, worker
from booking.cli.session_imports import sessions
from booking.cli.staff_imports import staff

import_.add_command(sessions)
import_.add_command(staff)
import_.add_command(partners)
for one in (people, history, import_all):
    import_.add_command(one)
export.add_command(export_all)
main = Door(
    name="ateliers",
    help="Ateliers : inscrire aux ateliers numériques.",
    commands=[
        serve,
        worker,
        demo,
        import_,
        export,
        check,
        doctor,
        audit,
        privacy,
        figures,
        jobs,
        migrate,
        backup,
        restore,
        vacuum,
        add_staff,
        token,
        link,
        reset_factor,
        reply,
        receipts,
    ],
    context_settings={"help_option_names": ["-h", "--help"]},
)
